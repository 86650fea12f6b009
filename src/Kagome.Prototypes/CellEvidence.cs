using Kagome.Crystals.Compositions;

namespace Kagome.Prototypes;

/// <summary>What known crystals say of one cell of a formula.</summary>
/// <param name="Composition">All its atoms.</param>
/// <param name="Answers">Of each library that has crystals of its anonymous formula.</param>
internal sealed record CellEvidence(Composition Composition, IReadOnlyList<CellAnswer> Answers)
{
    /// <summary>Whether there is any known crystal that it could be like.</summary>
    public bool IsEmpty => Answers.All(answer => answer.Pairs.Pairs.Length == 0);

    /// <summary>Whether there are known crystals of the formula itself.</summary>
    public bool KnowsFormula => Answers.Any(answer => answer.Pairs.Pairs is [{ Distance: 0 }, ..]);

    /// <summary>All libraries vote together; the one that knows most says how likely none of them is right. 0 without a ranker.</summary>
    public double VotesOfAll => VotesOfCandidates + VotesOfNone;

    /// <summary>The votes of all candidates.</summary>
    public double VotesOfCandidates => Answers.Sum(answer => answer.Votes?.OfCandidates.Sum(vote => (double)vote) ?? 0);

    /// <summary>The votes for none of them.</summary>
    public double VotesOfNone => Answers.Select(answer => (double)(answer.Votes?.OfNone ?? 0)).DefaultIfEmpty().Min();

    /// <summary>The votes of the likeliest candidate.</summary>
    public double VotesOfBest => Answers.SelectMany(answer => answer.Votes?.OfCandidates ?? []).DefaultIfEmpty().Max();
}

/// <summary>What one library says.</summary>
/// <param name="Pairs">The crystals that the composition is most like.</param>
/// <param name="Votes">Null without a ranker.</param>
/// <param name="AtomicVolumes">The space of an atom of each element, by atomic number, in Å³.</param>
internal sealed record CellAnswer(CandidatePairs Pairs, RankerVotes? Votes, IReadOnlyList<double> AtomicVolumes);
