using System.Collections.Concurrent;
using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;

namespace Kagome.DataSets.Duplicates;

/// <summary>Counts what two data sets share: formulas, and crystals by the matcher; in bounded memory, see <see cref="DuplicateSearch"/>.</summary>
/// <param name="matcher">Says which are the same.</param>
/// <param name="folder">For temporary files, which are removed.</param>
public sealed class OverlapSearch(StructureMatcher matcher, string folder)
{
    /// <summary>Is told how the search goes.</summary>
    public IDuplicateObserver? Observer { get; init; }

    /// <exception cref="IOException">The temporary files cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public SharedCrystals Find(
        IEnumerable<CrystalRecord> first,
        IEnumerable<CrystalRecord> second,
        CancellationToken cancellation = default
    )
    {
        using FormulaShards shards = new(folder);
        shards.AddAll(first, CrystalSet.Reference, Observer, cancellation);
        shards.AddAll(second, CrystalSet.Data, Observer, cancellation);
        shards.Close();
        Observer?.OnComparing(shards.CrystalCount);
        ConcurrentBag<SharedCrystals> counts = [];
        shards.ForEach(shard => counts.Add(CountShard(shard, cancellation)), cancellation);
        return counts.Aggregate((sum, count) => sum + count);
    }

    private SharedCrystals CountShard(IEnumerable<SpilledCrystal> shard, CancellationToken cancellation) =>
        shard
            .GroupBy(spilled => spilled.Formula, spilled => new ComparedCrystal(spilled, matcher, cancellation))
            .Select(CountFormula)
            .Aggregate(SharedCrystals.None, (sum, count) => sum + count);

    private SharedCrystals CountFormula(IEnumerable<ComparedCrystal> crystals)
    {
        ILookup<CrystalSet, ComparedCrystal> sets = crystals.ToLookup(crystal => crystal.Origin.Set);
        ComparedCrystal[] first = [.. sets[CrystalSet.Reference]];
        ComparedCrystal[] second = [.. sets[CrystalSet.Data]];
        bool[] isShared = new bool[first.Length];
        int secondShared = 0;
        foreach (ComparedCrystal crystal in second)
        {
            bool isFound = false;
            for (int other = 0; other < first.Length; other++)
            {
                // two that are known to be shared need no comparison
                if (
                    !(isFound && isShared[other])
                    && first[other].DistanceWhereLike(crystal) is not null
                    && first[other].IsSame(crystal)
                )
                {
                    isFound = isShared[other] = true;
                }
            }

            secondShared += isFound ? 1 : 0;
        }

        for (int crystal = 0; crystal < first.Length + second.Length; crystal++)
        {
            Observer?.OnCompared();
        }

        return new SharedCrystals(
            new(first.Length, isShared.Count(shared => shared), Math.Min(1, first.Length)),
            new(second.Length, secondShared, Math.Min(1, second.Length)),
            first.Length > 0 && second.Length > 0 ? 1 : 0
        );
    }
}
