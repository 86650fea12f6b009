using Kagome.Cli.Energies;
using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;
using Kagome.Sampling.Relaxation;

namespace Kagome.Cli.Relaxation;

/// <summary>Reads crystals, relaxes each in its standard cell, and writes what became of them.</summary>
internal static class RelaxCrystals
{
    /// <summary>Crystals that are relaxed before the next are read.</summary>
    private const int ChunkSize = 20_000;

    private static readonly StructureMatcher Matcher = new(MatcherSettings.Default);

    public static int Run(RelaxRequest request, CommandStreams streams, CancellationToken cancellation)
    {
        using EnergyModel model = EnergyModel.Load(request.Model, request.Device);
        RelaxationSettings settings = new() { Iterations = request.Iterations };
        CrystalSource source = new(request.Files, request.DataPaths, request.Split);
        List<RelaxationReport> reports = [];
        using RelaxationFolder folder = RelaxationFolder.Prepare(request.OutputFolder);
        using (CrystalProgress progress = new(streams.Error, "relaxation"))
        {
            foreach (CrystalRecord[] chunk in source.Read().Chunk(ChunkSize))
            {
                progress.Add(chunk.Length);
                RelaxationReport[] relaxed = Relax(chunk, model, settings, progress, cancellation);
                folder.Add(chunk, relaxed);
                reports.AddRange(relaxed);
            }
        }

        source.Report(streams.Error);
        RelaxationSummary summary = RelaxationSummary.Of(reports);
        RelaxationDocument document = new(model.Name, model.Checksum, model.Scaler.Unit, settings, summary, reports);
        folder.Finish(document);
        if (request.PrintsJson)
        {
            streams.Output.WriteLine(JsonText.Format(document));
        }
        else
        {
            RelaxationTable.Print(streams.Output, model, reports, summary, request.OutputFolder);
        }

        return ExitCode.Success;
    }

    /// <summary>Relaxes crystals in their standard cells.</summary>
    /// <returns>One report a crystal, in their order.</returns>
    public static RelaxationReport[] Relax(
        IReadOnlyList<CrystalRecord> records,
        EnergyModel model,
        RelaxationSettings settings,
        CrystalProgress progress,
        CancellationToken cancellation
    )
    {
        JudgedCell[] cells =
        [
            .. records
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellation)
                .Select(record => model.CellOf(record.Structure, cancellation)),
        ];
        int[] usable = [.. Enumerable.Range(0, records.Count).Where(at => cells[at].Problem is null)];
        progress.Advance(records.Count - usable.Length);
        RelaxedCrystal[] relaxed = model.Relax(
            [.. usable.Select(at => cells[at].Cell)],
            settings,
            progress.Advance,
            cancellation
        );
        Dictionary<int, RelaxedCrystal> byPlace = usable.Zip(relaxed).ToDictionary();
        return
        [
            .. Enumerable
                .Range(0, records.Count)
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellation)
                .Select(at => Report(records[at], cells[at], byPlace.GetValueOrDefault(at), model, cancellation)),
        ];
    }

    private static RelaxationReport Report(
        CrystalRecord record,
        JudgedCell before,
        RelaxedCrystal? after,
        EnergyModel model,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<string> concerns = model.Reach.Concerns(before.Cell.Composition);
        string formula = before.Cell.Composition.Formula;
        if (after is null)
        {
            return new RelaxationReport(
                record.Id,
                formula,
                record.Structure,
                null,
                0,
                null,
                null,
                null,
                true,
                concerns,
                before.Problem
            );
        }

        bool isDiverged = after.End == RelaxationEnd.Diverged;
        return new RelaxationReport(
            record.Id,
            formula,
            isDiverged ? record.Structure : after.Structure,
            after.End,
            after.Iterations,
            model.Scaler.Restore(after.EnergyBefore),
            model.Scaler.Restore(after.EnergyAfter),
            (after.Structure.Lattice.Volume / before.Cell.Lattice.Volume) - 1,
            after.Iterations == 0 || Matcher.Compare(after.Structure, before.Cell, cancellation).IsMatch,
            concerns,
            isDiverged ? "the energy rose or was no number; the original was kept" : null
        );
    }
}
