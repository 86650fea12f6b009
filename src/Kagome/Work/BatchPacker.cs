namespace Kagome.Work;

/// <summary>Puts crystals of any sizes into batches of about as many atoms each, so that workers end together.</summary>
public static class BatchPacker
{
    /// <summary>Atoms of a batch of samples: a batch is walked for hundreds of steps on one thread.</summary>
    public const int SamplingAtoms = 96;

    /// <summary>Atoms of a batch that is evaluated once.</summary>
    public const int EvaluationAtoms = 512;

    /// <summary>Atoms of a batch that is relaxed: gradients keep what each layer computed, and few crystals should still give every worker a batch.</summary>
    internal const int RelaxationAtoms = 128;

    /// <summary>Places of crystals, batch by batch: largest crystals first, each to the batch that has the fewest atoms.</summary>
    /// <remarks>A property of the work, not of the machine: seeds mean the same on any number of cores.</remarks>
    /// <param name="atomCounts">Atoms of each crystal.</param>
    /// <param name="batchAtoms">How many atoms a batch should have on average, at most; larger crystals make batches of their own.</param>
    public static IReadOnlyList<int[]> Pack(IReadOnlyList<int> atomCounts, int batchAtoms)
    {
        long total = atomCounts.Sum(count => (long)count);
        int count = (int)Math.Min(atomCounts.Count, (total + batchAtoms - 1) / batchAtoms);
        List<int>[] batches = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        PriorityQueue<int, (long Atoms, int Batch)> emptiest = new(
            Enumerable.Range(0, count).Select(batch => (batch, (0L, batch)))
        );
        foreach (int place in Enumerable.Range(0, atomCounts.Count).OrderByDescending(place => atomCounts[place]))
        {
            emptiest.TryDequeue(out int batch, out (long Atoms, int Batch) filled);
            batches[batch].Add(place);
            emptiest.Enqueue(batch, (filled.Atoms + atomCounts[place], batch));
        }

        return [.. batches.Select(batch => batch.ToArray())];
    }
}
