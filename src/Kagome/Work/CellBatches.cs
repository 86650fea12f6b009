using Kagome.Crystals.Structures;
using Kagome.Models;

namespace Kagome.Work;

/// <summary>Evaluates cells of any sizes in batches, side by side.</summary>
internal static class CellBatches
{
    /// <summary>Gives each cell to a network once.</summary>
    /// <param name="workers">What to work on.</param>
    /// <param name="model">Tells how large batches should be.</param>
    /// <param name="batchAtoms">Atoms of a batch on a processor.</param>
    /// <param name="cells">In any order; those with a problem are passed over.</param>
    /// <param name="work">Gives one result for each crystal of a batch.</param>
    /// <param name="counter">Hears how many cells are done; null for nobody.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>Results in the order of the cells; the default where there is a problem.</returns>
    internal static async Task<T?[]> MapAsync<T>(
        this WorkerThreads workers,
        LoadedModel model,
        int batchAtoms,
        IReadOnlyList<PreparedCell> cells,
        Func<IReadOnlyList<Structure>, CancellationToken, IEnumerable<T?>> work,
        ProgressCounter? counter,
        CancellationToken cancellation
    )
    {
        int[] usable = [.. Enumerable.Range(0, cells.Count).Where(at => cells[at].Problem is null)];
        if (usable.Length < cells.Count)
        {
            counter?.Advance(cells.Count - usable.Length);
        }

        IReadOnlyList<int[]> batches = BatchPacker.Pack(
            [.. usable.Select(at => cells[at].Cell.AtomCount)],
            model.BatchAtoms(batchAtoms)
        );
        T?[] results = new T?[cells.Count];
        await workers
            .RunAsync(
                batches,
                (batch, stop) =>
                {
                    IEnumerable<T?> found = work([.. batch.Select(place => cells[usable[place]].Cell)], stop);
                    foreach ((int place, T? result) in batch.Zip(found))
                    {
                        results[usable[place]] = result;
                    }

                    counter?.Advance(batch.Length);
                    return true;
                },
                cancellation
            )
            .ConfigureAwait(false);
        return results;
    }
}
