using System.Globalization;
using Kagome.Models;
using Kagome.Models.OfficialDao;
using Kagome.Output;

namespace Kagome.Cli.Views;

/// <summary>All that is known of a model, as text.</summary>
internal static class ModelView
{
    private const string Unknown = "unknown";

    public static void Write(ModelDescription model, TextWriter writer)
    {
        TextTable.Write(writer, Rows(model));
        if (model.Provenance.Recipe is { } recipe)
        {
            writer.WriteLine("recipe:");
            foreach (string line in recipe.ReplaceLineEndings("\n").TrimEnd().Split('\n'))
            {
                writer.WriteLine($"  {line}");
            }
        }
    }

    /// <summary>What came of importing a checkpoint of DAO's authors, and what did not come along.</summary>
    public static void Write(string path, string checksum, ImportedCheckpoint imported, TextWriter writer)
    {
        ImportReport report = imported.Report;
        writer.WriteLine($"{path}: {$"{imported.Checkpoint.Provenance.Kind}".ToLowerInvariant()}");
        writer.WriteLine($"sha256: {checksum}");
        WriteList("left out, tensors that Kagome's network does not use", report.SkippedTensors, writer);
        WriteList("left out, other parts of the file", report.SkippedParts, writer);
        WriteList("never run, Python classes that the file names", report.SkippedClasses, writer);
        WriteList("assumed", report.Remarks, writer);
    }

    private static void WriteList(string heading, IReadOnlyList<string> items, TextWriter writer)
    {
        if (items.Count == 0)
        {
            return;
        }

        writer.WriteLine($"{heading}:");
        TextTable table = new();
        foreach (string item in items)
        {
            table.Add($"  {item}");
        }

        table.Write(writer);
    }

    private static IEnumerable<(string Name, string Value)> Rows(ModelDescription model) =>
        [
            .. Origin(model),
            .. Sources(model),
            .. Configuration(model),
            .. model.Ensemble is { } ensemble ? Ensemble(ensemble) : [],
        ];

    private static IEnumerable<(string Name, string Value)> Origin(ModelDescription model)
    {
        Provenance origin = model.Provenance;
        yield return ("model", origin.Name);
        yield return ("kind", $"{origin.Kind}".ToLowerInvariant());
        yield return ("file", model.Path);
        yield return ("size", ByteCount.Format(model.Bytes));
        yield return ("sha256", model.Checksum);
        yield return ("parameters", Number(model.ParameterCount));
        yield return ("created", origin.Created?.ToString("u", CultureInfo.InvariantCulture) ?? Unknown);
        yield return ("commit", origin.Commit ?? Unknown);
        yield return ("seed", Number(origin.Seed));
        yield return ("steps trained", Number(origin.Step));
        yield return ("hours trained", origin.HoursTrained?.ToString("F2", CultureInfo.InvariantCulture) ?? Unknown);
        if (origin.Notes is { } notes)
        {
            yield return ("notes", notes);
        }
    }

    private static IEnumerable<(string Name, string Value)> Sources(ModelDescription model)
    {
        Provenance origin = model.Provenance;
        if (origin.DataSets.Count == 0)
        {
            yield return ("data", Unknown);
        }

        foreach (DataSource source in origin.DataSets)
        {
            yield return ("data", source.Name);
            yield return ("  licence", source.License);
            yield return ("  attribution", source.Attribution);
        }

        yield return ("largest crystal", origin.LargestAtomCount is { } atoms ? $"{atoms} atoms" : Unknown);
        yield return ("elements seen", origin.ElementsSeen.Count > 0 ? $"{origin.ElementsSeen.Count}" : Unknown);
    }

    private static IEnumerable<(string Name, string Value)> Configuration(ModelDescription model)
    {
        yield return ("blocks", $"{model.Network.BlockCount}");
        yield return ("hidden dimension", $"{model.Network.HiddenDimension}");
        yield return ("heads", $"{model.Network.HeadCount}");
        yield return ("frequencies", $"{model.Network.FrequencyCount}");
        yield return ("Gram scale", $"{model.Network.GramScale}");
        yield return ("time dimension", $"{model.Network.TimeDimension}");
        yield return ("element features", $"{model.Network.ElementFeatureCount}");
        yield return ("energy head", model.Network.HasEnergyHead ? "yes" : "no");
        if (model.Diffusion is { } diffusion)
        {
            yield return ("process", "diffusion");
            yield return ("noise levels", $"{diffusion.StepCount}");
            yield return ("lattice offset", $"{diffusion.LatticeOffset}");
            yield return (
                "coordinate noise",
                $"{diffusion.SmallestCoordinateSigma} to {diffusion.LargestCoordinateSigma}"
            );
        }

        if (model.Flow is { } flow)
        {
            yield return ("process", "flow matching");
            yield return ("noise levels", $"{flow.StepCount}");
            yield return ("volume of the noise", $"{flow.VolumePerPoint} Å³/atom");
            yield return ("lattice noise", $"{flow.LatticeSpread} of its logarithm");
        }

        if (model.LabelScaler is { } scaler)
        {
            yield return (
                "label",
                $"{scaler.LabelName} in {scaler.Unit}: mean {scaler.Mean}, deviation {scaler.StandardDeviation}"
            );
        }
    }

    private static IEnumerable<(string Name, string Value)> Ensemble(PropertyEnsemble ensemble)
    {
        CrossValidationScores scores = ensemble.CrossValidation;
        string learned = ensemble.Transform == LabelTransform.Log ? $"ln {ensemble.Label}" : ensemble.Label;
        yield return ("label", $"{ensemble.Label} in {ensemble.Unit}; learned as {learned}");
        yield return ("networks", $"{ensemble.FoldCount}, one for each fold");
        yield return (
            "cross-validation",
            $"mean absolute error of {learned} {scores.MeanAbsoluteError:F3} on {scores.Crystals} crystals (median {scores.MedianError:F3}, composition alone {scores.CompositionError:F3})"
        );
        if (ensemble.Calibration is { } calibration)
        {
            yield return (
                "expected error",
                $"{calibration.Offset:F3} + {calibration.Slope:F2} x the folds' spread, from {calibration.Crystals} crystals of no fold; {calibration.RangeFactor:F2} times that for a range that holds 80 %"
            );
        }

        if (ensemble.Occurrence is { } occurrence)
        {
            yield return (
                $"has {ensemble.Label} at all",
                $"accuracy {occurrence.Accuracy:F3}, base rate {occurrence.BaseRate:F3}, area under the ROC curve {occurrence.AreaUnderCurve:F3}"
            );
        }
    }

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown;
}
