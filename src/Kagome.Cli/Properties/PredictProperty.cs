using Kagome.Cli.Energies;
using Kagome.Cli.Output;
using Kagome.Cli.Prediction;
using Kagome.Core.Compositions;
using Kagome.Core.Structures;
using Kagome.Evaluation.Energies;
using Kagome.Symmetry;

namespace Kagome.Cli.Properties;

/// <summary>Reads or predicts crystals and asks an ensemble of each.</summary>
internal static class PredictProperty
{
    public static int Run(PropertyRequest request, CommandStreams streams, CancellationToken cancellation)
    {
        using PropertyModel model = PropertyModel.Load(request.Model, request.Prediction.Device);
        string[] files = [.. request.Targets.Where(Path.Exists)];
        string[] formulas = [.. request.Targets.Except(files)];
        CheckFormulas(formulas);
        List<PropertyPrediction> predictions = [];
        if (files.Length + request.DataPaths.Count > 0 || formulas.Length == 0)
        {
            CrystalSource source = new(files, request.DataPaths, request.Split);
            predictions.AddRange(
                Judge(WithEnergies([.. source.Read()], request, cancellation), model, request, streams, cancellation)
            );
            source.Report(streams.Error);
        }

        if (formulas.Length > 0)
        {
            PredictSettings settings = request.Prediction with { Formulas = formulas };
            IReadOnlyList<CrystalRecord> structures = FormulaStructures.Predict(
                settings,
                request.Best,
                streams,
                cancellation
            );
            if (structures.Count == 0)
            {
                throw new BadInputException(
                    $"No valid structure was found for {string.Join(", ", formulas)}; try more --samples or --steps, or give a structure file."
                );
            }

            predictions.AddRange(Judge(structures, model, request, streams, cancellation));
        }

        Print(request, streams.Output, model, predictions);
        return ExitCode.Success;
    }

    /// <summary>Before anything slow is done.</summary>
    private static void CheckFormulas(IEnumerable<string> formulas)
    {
        foreach (string formula in formulas)
        {
            try
            {
                FormulaParser.Parse(formula);
            }
            catch (FormulaException exception)
            {
                throw new BadInputException(
                    $"{formula} is neither a file nor a formula: {exception.Message}",
                    exception
                );
            }
        }
    }

    private static IReadOnlyList<CrystalRecord> WithEnergies(
        IReadOnlyList<CrystalRecord> records,
        PropertyRequest request,
        CancellationToken cancellation
    )
    {
        if (!request.TellsEnergies || request.Prediction.Predictor == EnergySteps.NoPredictor)
        {
            return records;
        }

        using EnergyModel predictor = EnergyModel.Load(request.Prediction.Predictor, request.Prediction.Device);
        JudgedCell[] cells = [.. records.Select(record => predictor.CellOf(record.Structure, cancellation))];
        int[] judged = [.. Enumerable.Range(0, cells.Length).Where(at => cells[at].Problem is null)];
        double[] energies = predictor.Energies([.. judged.Select(at => cells[at].Cell)], cancellation: cancellation);
        Dictionary<int, double> byPlace = judged.Zip(energies).ToDictionary(pair => pair.First, pair => pair.Second);
        return
        [
            .. records.Select(
                (record, at) =>
                    byPlace.TryGetValue(at, out double energy)
                        ? record with
                        {
                            Labels = record.Labels.SetItem(FormulaStructures.EnergyLabel, energy),
                        }
                        : record
            ),
        ];
    }

    private static IEnumerable<PropertyPrediction> Judge(
        IReadOnlyList<CrystalRecord> records,
        PropertyModel model,
        PropertyRequest request,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        using CrystalProgress progress = new(streams.Error, model.Ensemble.Label);
        progress.Add(records.Count);
        JudgedCell[] cells = [.. records.Select(record => model.CellOf(record.Structure, cancellation))];
        int[] judged = [.. Enumerable.Range(0, cells.Length).Where(at => cells[at].Problem is null)];
        PropertyValue[] values = model.Values([.. judged.Select(at => cells[at].Cell)], progress.Advance, cancellation);
        Dictionary<int, PropertyValue> byPlace = judged
            .Zip(values)
            .ToDictionary(pair => pair.First, pair => pair.Second);
        SymmetryFinder finder = new(request.Prediction.Symprec);
        return
        [
            .. records.Select(
                (record, at) =>
                    new PropertyPrediction(
                        record.Id,
                        cells[at].Cell.Composition.Formula,
                        cells[at].Cell.AtomCount,
                        cells[at].Problem is null ? finder.Find(record.Structure)?.Group.ToString() : null,
                        Number(record, FormulaStructures.EnergyLabel),
                        byPlace.TryGetValue(at, out PropertyValue value) ? value : null,
                        Number(record, model.Ensemble.Label),
                        model.Reach.Concerns(cells[at].Cell.Composition),
                        cells[at].Problem
                    )
            ),
        ];
    }

    private static double? Number(CrystalRecord record, string label) =>
        record.Labels.TryGetValue(label, out double value) && double.IsFinite(value) ? value : null;

    private static EnergySummary? Summary(PropertyModel model, List<PropertyPrediction> predictions, bool inUnit)
    {
        double Scaled(double value) => inUnit ? value : model.Ensemble.Learned(value);
        (LabelledCrystal, double)[] compared =
        [
            .. predictions
                .Where(prediction =>
                    prediction is { Property: not null, Label: { } label }
                    && double.IsFinite(model.Ensemble.Learned(label))
                )
                .Select(prediction =>
                    (
                        new LabelledCrystal(FormulaParser.Parse(prediction.Formula), Scaled(prediction.Label!.Value)),
                        Scaled(prediction.Property!.Value.Value)
                    )
                ),
        ];
        return compared.Length == 0 ? null : EnergySummary.Of(compared, predictions.Count, null, null);
    }

    private static void Print(
        PropertyRequest request,
        TextWriter output,
        PropertyModel model,
        List<PropertyPrediction> predictions
    )
    {
        (EnergySummary? learned, EnergySummary? inUnit) = (
            Summary(model, predictions, inUnit: false),
            Summary(model, predictions, inUnit: true)
        );
        Checkpoints.PropertyEnsemble ensemble = model.Ensemble;
        if (request.PrintsJson)
        {
            output.WriteLine(
                JsonText.Format(
                    new PropertyDocument(
                        model.Name,
                        model.Checksum,
                        ensemble.Label,
                        ensemble.Unit,
                        ensemble.Transform,
                        ensemble.CrossValidation,
                        ensemble.Calibration,
                        ensemble.Occurrence,
                        learned,
                        inUnit,
                        predictions
                    )
                )
            );
            return;
        }

        if (request.PrintsCsv)
        {
            PropertyCsv.Write(output, predictions);
            return;
        }

        PropertyTable.Print(output, ensemble, predictions);
        PropertyTable.PrintGrounds(output, model.Name, ensemble);
        if (inUnit is not null)
        {
            EnergyTable.Print(output, model.Name, ensemble.Label, ensemble.Unit, inUnit);
        }

        if (learned is not null && ensemble.Transform == Checkpoints.LabelTransform.Log)
        {
            EnergyTable.Print(output, model.Name, ensemble.Label, $"ln {ensemble.Unit}", learned);
        }
    }
}
