using Kagome.Core.Structures;

namespace Kagome.Cli.Energies;

/// <summary>Asks a predictor of any crystals, each in its standard cell.</summary>
internal sealed class EnergyJudge(EnergyModel model)
{
    /// <summary>Crystals that are held in memory at once.</summary>
    private const int ChunkSize = 50_000;

    /// <summary>Judges crystals in their order.</summary>
    /// <param name="records">Read as they are needed.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public IEnumerable<EnergyPrediction> Judge(
        IEnumerable<CrystalRecord> records,
        CrystalProgress progress,
        CancellationToken cancellation
    ) =>
        records
            .Chunk(ChunkSize)
            .SelectMany(chunk =>
            {
                progress.Add(chunk.Length);
                return JudgeChunk(chunk, progress, cancellation);
            });

    private IEnumerable<EnergyPrediction> JudgeChunk(
        CrystalRecord[] chunk,
        CrystalProgress progress,
        CancellationToken cancellation
    )
    {
        JudgedCell[] cells =
        [
            .. chunk
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellation)
                .Select(record => model.CellOf(record.Structure, cancellation)),
        ];
        int[] judged = [.. Enumerable.Range(0, chunk.Length).Where(at => cells[at].Problem is null)];
        progress.Advance(chunk.Length - judged.Length);
        double[] energies = model.Energies([.. judged.Select(at => cells[at].Cell)], progress.Advance, cancellation);
        Dictionary<int, double> byPlace = judged.Zip(energies).ToDictionary(pair => pair.First, pair => pair.Second);
        return chunk.Select(
            (record, at) =>
                new EnergyPrediction(
                    record.Id,
                    cells[at].Cell.Composition.Formula,
                    cells[at].Cell.AtomCount,
                    byPlace.TryGetValue(at, out double energy) ? energy : null,
                    record.Labels.TryGetValue(model.DataLabel, out double label) && double.IsFinite(label)
                        ? label
                        : null,
                    model.Reach.Concerns(cells[at].Cell.Composition),
                    cells[at].Problem
                )
        );
    }
}
