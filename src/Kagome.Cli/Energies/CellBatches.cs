using System.Collections.Concurrent;
using Kagome.Core.Structures;
using Kagome.Sampling.Crystals;
using TorchSharp;

namespace Kagome.Cli.Energies;

/// <summary>Works on crystals of any sizes: batches of one size side by side, each on one thread.</summary>
internal static class CellBatches
{
    /// <summary>Most atoms of a batch; a property of the program, so that rounding is the same on every machine.</summary>
    private const int BatchAtoms = 512;

    /// <param name="cells">In any order.</param>
    /// <param name="work">On the crystals of a batch, giving one result each.</param>
    /// <param name="advance">Told of crystals done, from several threads.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>Results in the order of the cells.</returns>
    public static T[] Run<T>(
        IReadOnlyList<Structure> cells,
        Func<IReadOnlyList<Structure>, IReadOnlyList<T>> work,
        Action<int>? advance,
        CancellationToken cancellation
    )
    {
        T[] results = new T[cells.Count];
        Parallel.ForEach(
            Partitioner.Create(
                SizeBatches.Of(cells.Select(cell => cell.AtomCount), BatchAtoms),
                EnumerablePartitionerOptions.NoBuffering
            ),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellation,
            },
            batch =>
            {
                torch.set_num_threads(1);
                foreach ((int place, T result) in batch.Zip(work([.. batch.Select(place => cells[place])])))
                {
                    results[place] = result;
                }

                advance?.Invoke(batch.Length);
            }
        );
        return results;
    }
}
