using System.Collections.Immutable;
using Kagome.Crystals.Matching;

namespace Kagome;

/// <summary>Puts candidates into the order in which they are worth looking at.</summary>
/// <remarks>
/// Valid ones first. Those that are the same crystal stand together. The crystal that was found most often comes first: what many walks from
/// different noise end in is what the generator holds most likely. Where a predictor says the energy of a crystal's most symmetric
/// candidate, the lowest of several, it counts as well: as two Boltzmann factors would, energy - 0.1 eV/atom x ln(times found) decides.
/// Where known structure types were asked, probability comes before all that: a crystal has the probability of its structure type, and
/// what is left for none of them is shared by what was generated, in proportion to how often it was found.
/// </remarks>
internal static class CandidateRanking
{
    /// <summary>
    /// eV/atom. How much lower a crystal has to be to outweigh one that was found e times as often: two thirds of kagome-p's error on unstable crystals.
    /// Measured in docs/experiments.md: by energy alone, fewer textbook crystals come first.
    /// </summary>
    private const double EnergyPerFactor = 0.1;

    private static readonly StructureMatcher Matcher = new(MatcherOptions.Default);

    public static IReadOnlyList<Candidate> Rank(IEnumerable<Candidate> candidates, CancellationToken cancellation)
    {
        ILookup<bool, Candidate> byValidity = candidates.ToLookup(candidate => candidate.IsValid);
        Candidate[] valid = [.. byValidity[true]];
        ImmutableArray<ImmutableArray<int>> crystals = DuplicateGroups.Find(
            [.. valid.Select(candidate => candidate.AsFound)],
            Matcher,
            cancellation
        );
        Candidate[][] found = [.. crystals.Select(members => BestFirst(members.Select(member => valid[member])))];
        ProbabilityShares shares = new(found.SelectMany(members => members));
        IEnumerable<Candidate[]> groups = found
            .Select(members => shares.With(members))
            .OrderByDescending(members => members[0].Probability)
            .ThenBy(members => members[0].EnergyAboveHull is null)
            .ThenBy(members => (members[0].EnergyAboveHull ?? 0) - (EnergyPerFactor * Math.Log(members.Length)))
            .Concat(byValidity[false].Select(candidate => new[] { candidate }));
        return
        [
            .. groups
                .SelectMany(
                    (members, at) =>
                        members.Select(
                            (member, place) =>
                                member with
                                {
                                    Crystal = at + 1,
                                    Found = members.Length,
                                    Generated = members.Sum(other => other.Generated),
                                    IsRepresentative = place == 0,
                                }
                        )
                )
                .Select((candidate, at) => candidate with { Rank = at + 1 }),
        ];
    }

    /// <summary>
    /// A known structure is the best picture of a crystal; of samples, the one that came closest to its symmetry, and of several, the one of the best volume.
    /// </summary>
    private static Candidate[] BestFirst(IEnumerable<Candidate> same) =>
        [
            .. same.OrderByDescending(candidate =>
                    candidate.Proposal is null ? -1 : candidate.Proposal.Probability ?? 0
                )
                .ThenByDescending(candidate => candidate.Symmetry?.Standard.Operations.Length ?? 0)
                .ThenBy(candidate => candidate.EnergyAboveHull ?? double.PositiveInfinity),
        ];
}

/// <summary>The probabilities of crystals that known structure types and the generator found.</summary>
internal sealed class ProbabilityShares
{
    private readonly bool hasProbabilities;
    private readonly double left;
    private readonly int generated;

    /// <param name="candidates">All that are valid.</param>
    public ProbabilityShares(IEnumerable<Candidate> candidates)
    {
        Candidate[] all = [.. candidates];
        double[] known = [.. all.Select(candidate => candidate.Proposal?.Probability).OfType<double>()];
        hasProbabilities = known.Length > 0;
        left = Math.Max(0, 1 - known.Sum());
        generated = all.Sum(candidate => candidate.Generated);
    }

    /// <summary>The candidates of one crystal with its probability.</summary>
    public Candidate[] With(Candidate[] members)
    {
        double known = members.Sum(member => member.Proposal?.Probability ?? 0);
        double found = generated > 0 ? (double)members.Sum(member => member.Generated) / generated : 0;
        return hasProbabilities
            ? [.. members.Select(member => member with { Probability = known + (left * found) })]
            : members;
    }
}
