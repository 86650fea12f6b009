using Kagome.Crystals.Matching;

namespace Kagome.Prototypes;

/// <summary>Puts proposals of several libraries together: what two of them know is one proposal.</summary>
internal static class DistinctProposals
{
    private static readonly StructureMatcher Matcher = new(
        MatcherOptions.Default with
        {
            TimeLimit = TimeSpan.FromSeconds(2),
        }
    );

    /// <summary>All proposals, those that are the same crystal as one with the probabilities and votes of both.</summary>
    /// <param name="libraries">The proposals of each library for one cell; distinct within it.</param>
    public static IReadOnlyList<Proposal> Of(IEnumerable<Proposal[]> libraries)
    {
        Proposal[][] all = [.. libraries.Where(library => library.Length > 0)];
        if (all.Length < 2)
        {
            return [.. all.SelectMany(library => library)];
        }

        List<(Proposal Proposal, PreparedStructure? Prepared)> distinct = [];
        foreach (Proposal[] library in all)
        {
            int before = distinct.Count;
            foreach (Proposal proposal in library)
            {
                PreparedStructure? own = Prepare(proposal);
                int same = distinct.FindIndex(0, before, other => IsSame(other.Prepared, own));
                if (same < 0)
                {
                    distinct.Add((proposal, own));
                }
                else
                {
                    distinct[same] = distinct[same] with { Proposal = Merge(distinct[same].Proposal, proposal) };
                }
            }
        }

        return [.. distinct.Select(pair => pair.Proposal)];
    }

    private static PreparedStructure? Prepare(Proposal proposal) =>
        PreparedStructure.TryPrepare(proposal.Structure, out PreparedStructure? prepared) ? prepared : null;

    private static bool IsSame(PreparedStructure? first, PreparedStructure? second) =>
        first is not null && second is not null && Matcher.Compare(first, second).IsMatch;

    private static Proposal Merge(Proposal first, Proposal second) =>
        (second.Distance < first.Distance ? second : first) with
        {
            Probability = first.Probability + second.Probability,
            Votes = first.Votes + second.Votes,
        };
}
