using Kagome.Training.Data;
using Kagome.Training.Recipes;

namespace Kagome.Training;

/// <summary>Which batch each step sees: a function of the data, the settings and the seed, so that a run can resume anywhere.</summary>
/// <remarks>Every epoch shows each crystal once: all are shuffled and cut into batches of nearly as many crystals.</remarks>
internal sealed class BatchPlan
{
    private readonly int crystalCount;
    private readonly long seed;
    private int plannedEpoch = -1;
    private int[] order = [];

    /// <param name="crystalCount">Crystals of the set.</param>
    /// <param name="atomTotal">Their atoms.</param>
    /// <param name="settings">How large a batch is.</param>
    /// <param name="seed">The seed of the order.</param>
    public BatchPlan(int crystalCount, int atomTotal, BatchSettings settings, long seed)
    {
        if (crystalCount < 1)
        {
            throw new ArgumentException("There is no crystal to make batches of.", nameof(crystalCount));
        }

        (this.crystalCount, this.seed) = (crystalCount, seed);
        int fewest = Math.Max(Parts(atomTotal, settings.Atoms), Parts(crystalCount, settings.Crystals));
        StepsPerEpoch = Math.Min(fewest, crystalCount);
    }

    public int StepsPerEpoch { get; }

    /// <summary>The batch of a step, counted from 0 over all epochs.</summary>
    public BatchIndices this[int step]
    {
        get
        {
            (int epoch, long batch) = Math.DivRem(step, StepsPerEpoch);
            if (epoch != plannedEpoch)
            {
                (order, plannedEpoch) = (Shuffle(epoch), epoch);
            }

            int start = (int)(crystalCount * batch / StepsPerEpoch);
            int end = (int)(crystalCount * (batch + 1) / StepsPerEpoch);
            return new BatchIndices(order[start..end]);
        }
    }

    private int[] Shuffle(int epoch)
    {
        int[] crystals = [.. Enumerable.Range(0, crystalCount)];
        new Random(unchecked((int)RandomSeed.Mix(seed, epoch))).Shuffle(crystals);
        return crystals;
    }

    private static int Parts(int whole, int largest) => (int)(((long)whole + largest - 1) / largest);
}
