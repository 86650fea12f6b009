using System.Collections.Immutable;
using Kagome.Crystals.Matching;

namespace Kagome;

/// <summary>Puts candidates into the order in which they are worth looking at.</summary>
/// <remarks>
/// Valid ones first. Those that are the same crystal stand together. The crystal that was found most often comes first: what many walks from
/// different noise end in is what the generator holds most likely. Where a predictor says the energy of a crystal's most symmetric
/// candidate, the lowest of several, it counts as well: as two Boltzmann factors would, energy - 0.1 eV/atom x ln(times found) decides.
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
            [.. valid.Select(candidate => candidate.Structure)],
            Matcher,
            cancellation
        );
        IEnumerable<Candidate[]> groups = crystals
            .Select(members => MostSymmetricFirst(members.Select(member => valid[member])))
            .OrderBy(members => members[0].EnergyAboveHull is null)
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
                                    IsRepresentative = place == 0,
                                }
                        )
                )
                .Select((candidate, at) => candidate with { Rank = at + 1 }),
        ];
    }

    /// <summary>Of samples of one crystal the one that came closest to its symmetry is the best picture of it; of several, the one of the best volume.</summary>
    private static Candidate[] MostSymmetricFirst(IEnumerable<Candidate> same) =>
        [
            .. same.OrderByDescending(candidate => candidate.Symmetry?.Standard.Operations.Length ?? 0)
                .ThenBy(candidate => candidate.EnergyAboveHull ?? double.PositiveInfinity),
        ];
}
