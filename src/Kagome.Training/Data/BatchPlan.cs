using Kagome.Training.Recipes;

namespace Kagome.Training.Data;

/// <summary>Which batch each step sees: a function of the data, the settings and the seed, so that a run can resume anywhere.</summary>
/// <remarks>
/// Every epoch shows each crystal once. The crystals of an atom count are shuffled and cut into batches of nearly equal
/// size, and the batches of all counts are shuffled together.
/// </remarks>
public sealed class BatchPlan
{
    private readonly (int AtomCount, int CrystalCount, int BatchCount)[] sizes;
    private readonly long seed;
    private int plannedEpoch = -1;
    private BatchIndices[] planned = [];

    public BatchPlan(IEnumerable<(int AtomCount, int CrystalCount)> sizes, BatchSettings settings, long seed)
    {
        this.seed = seed;
        this.sizes =
        [
            .. sizes.Select(size =>
            {
                int cap = Math.Clamp(settings.Atoms / size.AtomCount, 1, settings.Crystals);
                return (size.AtomCount, size.CrystalCount, (size.CrystalCount + cap - 1) / cap);
            }),
        ];
        StepsPerEpoch = this.sizes.Sum(size => size.BatchCount);
        if (StepsPerEpoch == 0)
        {
            throw new ArgumentException("There is no crystal to make batches of.", nameof(sizes));
        }
    }

    public int StepsPerEpoch { get; }

    /// <summary>The batch of a step, counted from 0 over all epochs.</summary>
    public BatchIndices this[int step]
    {
        get
        {
            int epoch = step / StepsPerEpoch;
            if (epoch != plannedEpoch)
            {
                (planned, plannedEpoch) = (Plan(epoch), epoch);
            }

            return planned[step % StepsPerEpoch];
        }
    }

    private BatchIndices[] Plan(int epoch)
    {
        Random random = new(unchecked((int)RandomSeed.Mix(seed, epoch)));
        List<BatchIndices> batches = [];
        foreach ((int atomCount, int crystalCount, int batchCount) in sizes)
        {
            int[] order = [.. Enumerable.Range(0, crystalCount)];
            random.Shuffle(order);
            for (int batch = 0; batch < batchCount; batch++)
            {
                int start = (int)((long)crystalCount * batch / batchCount);
                int end = (int)((long)crystalCount * (batch + 1) / batchCount);
                batches.Add(new BatchIndices(atomCount, order[start..end]));
            }
        }

        BatchIndices[] shuffled = [.. batches];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
