using Kagome.Crystals.Compositions;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Prototypes;

namespace Kagome.Training.Ranking;

/// <summary>A known crystal as a question: which of the candidates that others make of its composition is it?</summary>
/// <param name="Pairs">The known crystals of other formulas that it is like.</param>
/// <param name="IsRight">Of each candidate, whether it matches the crystal.</param>
internal sealed record RankerQuery(CandidatePairs Pairs, bool[] IsRight)
{
    private static readonly StructureMatcher Matcher = new(
        MatcherOptions.Csp with
        {
            TimeLimit = TimeSpan.FromSeconds(2),
        }
    );

    /// <summary>Asks about a crystal; null where nothing of its anonymous formula is known, or its cell cannot be reduced.</summary>
    /// <remarks>Crystals of the same formula are left out: else the ranker would learn which of them data sets leave out.</remarks>
    /// <param name="structure">The crystal.</param>
    /// <param name="library">What is known.</param>
    /// <param name="prepared">The group's crystals, made ready for the matcher when they are first needed.</param>
    public static RankerQuery? Of(Structure structure, PrototypeLibrary library, PreparedTemplates prepared)
    {
        Composition composition = structure.Composition;
        if (
            library.Find(AnonymousFormula.Of(composition)) is not { } group
            || !PreparedStructure.TryPrepare(structure, out PreparedStructure? own)
        )
        {
            return null;
        }

        CandidatePairs pairs = CandidatePairs.Of(composition, group, known => known.IsOf(composition));
        if (pairs.Pairs.Length == 0)
        {
            return null;
        }

        bool[] isRight = new bool[pairs.CandidateCount];
        foreach (IGrouping<int, CandidatePairs.Pair> candidate in pairs.Pairs.GroupBy(pair => pair.Candidate))
        {
            isRight[candidate.Key] =
                prepared.Of(pairs, candidate.First()) is { } proposed && Matcher.Compare(own, proposed).IsMatch;
        }

        return new RankerQuery(pairs, isRight);
    }
}

/// <summary>Known crystals made ready for the matcher, each once.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class PreparedTemplates
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<KnownCrystal, PreparedStructure?> prepared =
        new();

    /// <summary>The structure that a pair proposes; null where the cell cannot be reduced.</summary>
    public PreparedStructure? Of(CandidatePairs pairs, CandidatePairs.Pair pair)
    {
        KnownCrystal template = pairs.Group.Crystals[pair.Crystal];
        PreparedStructure? own = prepared.GetOrAdd(
            template,
            crystal => PreparedStructure.TryPrepare(crystal.Structure, out PreparedStructure? made) ? made : null
        );
        return own?.Replace(element =>
            pairs.Elements[pairs.Group.Orders[pair.Order][template.Elements.IndexOf(element)]]
        );
    }
}
