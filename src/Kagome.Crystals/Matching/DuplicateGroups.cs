using System.Collections.Immutable;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Matching;

/// <summary>Sorts candidate structures into groups that are the same crystal.</summary>
/// <remarks>
/// The first structure of a group stands for it: the others match that one, as in pymatgen's group_structures, since matching
/// is not transitive. Only structures of one reduced formula and one number of atoms in the primitive cell are compared;
/// volume and distances rule nothing out, because the matcher scales volumes and its tolerances are wide.
/// </remarks>
public static class DuplicateGroups
{
    /// <summary>The fewest comparisons for which several threads are faster than one.</summary>
    private const int FewestForThreads = 64;

    /// <summary>The indices of each group in rising order; groups in the order of their first structures.</summary>
    /// <remarks>
    /// A structure whose cell cannot be reduced, or that is not compared within the time limit, is taken for different.
    /// </remarks>
    /// <param name="structures">The candidates.</param>
    /// <param name="matcher">Says which are the same.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static ImmutableArray<ImmutableArray<int>> Find(
        IReadOnlyList<Structure> structures,
        StructureMatcher matcher,
        CancellationToken cancellationToken = default
    )
    {
        Candidate[] candidates = new Candidate[structures.Count];
        ParallelOptions options = new() { CancellationToken = cancellationToken };
        Parallel.For(
            0,
            candidates.Length,
            options,
            index => candidates[index] = new(index, matcher.TryPrepare(structures[index], cancellationToken))
        );
        IEnumerable<ImmutableArray<int>> alone = candidates
            .Where(candidate => candidate.Prepared is null)
            .Select(candidate => ImmutableArray.Create(candidate.Index));
        return
        [
            .. candidates
                .Where(candidate => candidate.Prepared is not null)
                .GroupBy(candidate => Key.Of(candidate.Prepared!))
                .AsParallel()
                .WithCancellation(cancellationToken)
                .SelectMany(similar => Split([.. similar], matcher, options))
                .AsSequential()
                .Concat(alone)
                .OrderBy(group => group[0]),
        ];
    }

    private static List<ImmutableArray<int>> Split(
        List<Candidate> remaining,
        StructureMatcher matcher,
        ParallelOptions options
    )
    {
        List<ImmutableArray<int>> groups = [];
        while (remaining.Count > 0)
        {
            Candidate first = remaining[0];
            bool[] isSame = new bool[remaining.Count];
            void Compare(int index) =>
                isSame[index] =
                    index == 0
                    || matcher.Compare(first.Prepared!, remaining[index].Prepared!, options.CancellationToken).IsMatch;

            if (remaining.Count < FewestForThreads)
            {
                for (int index = 0; index < isSame.Length; index++)
                {
                    Compare(index);
                }
            }
            else
            {
                Parallel.For(0, isSame.Length, options, Compare);
            }

            groups.Add([.. remaining.Where((_, index) => isSame[index]).Select(candidate => candidate.Index)]);
            remaining = [.. remaining.Where((_, index) => !isSame[index])];
        }

        return groups;
    }

    private readonly record struct Candidate(int Index, PreparedStructure? Prepared);

    private readonly record struct Key(Composition ReducedFormula, int AtomCount)
    {
        public static Key Of(PreparedStructure structure) => new(structure.ReducedFormula, structure.Reduced.AtomCount);
    }
}
