using Kagome.Cli.Output;
using Kagome.Core.Compositions;
using Kagome.Core.Structures;
using Kagome.Evaluation.Energies;
using Kagome.Formats;

namespace Kagome.Cli.Energies;

/// <summary>Reads crystals, asks a predictor of each, and compares with labels where there are some.</summary>
internal static class PredictEnergies
{
    public static int Run(EnergyRequest request, CommandStreams streams, CancellationToken cancellation)
    {
        using EnergyModel model = EnergyModel.Load(request.Model, request.Device);
        EnergyFolder? folder = request.OutputFolder is { } path ? EnergyFolder.Prepare(path) : null;
        LabelledCrystal[]? reference = request.ReferencePath is { } known ? ReadReference(known, model) : null;
        CrystalSource source = new(request.Files, request.DataPaths, request.Split);
        EnergyPrediction[] predictions;
        using (CrystalProgress progress = new(streams.Error, "energies"))
        {
            predictions = [.. new EnergyJudge(model).Judge(source.Read(), progress, cancellation)];
        }

        source.Report(streams.Error);
        EnergySummary summary = EnergySummary.Of(
            [.. predictions.Where(IsCompared).Select(Compared)],
            predictions.Length,
            reference,
            request.ReferencePath
        );
        folder?.Write(model, summary, predictions);
        Print(request, streams.Output, model, summary, predictions);
        return ExitCode.Success;
    }

    private static bool IsCompared(EnergyPrediction prediction) => prediction is { Energy: not null, Label: not null };

    private static (LabelledCrystal, double) Compared(EnergyPrediction prediction) =>
        (
            new LabelledCrystal(FormulaParser.Parse(prediction.Formula), prediction.Label!.Value),
            prediction.Energy!.Value
        );

    private static LabelledCrystal[] ReadReference(string path, EnergyModel model)
    {
        LabelledCrystal[] known =
        [
            .. DataSet
                .Read(path)
                .Records(_ => { })
                .Where(record => record.Split is null or "train")
                .Select(record => Known(record, model.DataLabel))
                .OfType<LabelledCrystal>(),
        ];
        return known.Length > 0
            ? known
            : throw new BadInputException(
                $"--reference {path} has no crystal with a number as label '{model.DataLabel}'; give the data that the model learned from."
            );
    }

    private static LabelledCrystal? Known(CrystalRecord record, string label) =>
        record.Labels.TryGetValue(label, out double value) && double.IsFinite(value)
            ? new LabelledCrystal(record.Structure.Composition, value)
            : null;

    private static void Print(
        EnergyRequest request,
        TextWriter output,
        EnergyModel model,
        EnergySummary summary,
        EnergyPrediction[] predictions
    )
    {
        if (request.PrintsJson)
        {
            output.WriteLine(JsonText.Format(EnergyDocument.Of(model, summary, predictions)));
        }
        else if (request.PrintsCsv)
        {
            EnergyCsv.Write(output, predictions);
        }
        else
        {
            EnergyTable.Print(output, model, predictions);
            EnergyTable.Print(output, model.Name, model.DataLabel, model.Scaler.Unit, summary);
        }
    }
}
