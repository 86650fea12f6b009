using System.Globalization;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Models;

internal static class CheckpointWriter
{
    public static string Write(string path, Checkpoint checkpoint, WeightPrecision precision)
    {
        Validate(checkpoint);
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = checkpoint.Weights.ToDictionary(
            pair => pair.Key,
            pair => Convert(pair.Key, pair.Value, precision)
        );
        foreach ((string name, IReadOnlyList<double> values) in ScheduleTensors.Of(checkpoint.Schedules))
        {
            tensors.Add(name, tensor(values.ToArray(), ScalarType.Float64));
        }

        foreach ((string name, Tensor values) in ForestTensors.Of(checkpoint.Ensemble))
        {
            tensors.Add(name, values);
        }

        return SafetensorsFile.Write(path, tensors, Metadata(checkpoint));
    }

    private static void Validate(Checkpoint checkpoint)
    {
        checkpoint.Network.Validate();
        Dictionary<string, long[]> shapes = checkpoint.Weights.ToDictionary(pair => pair.Key, pair => pair.Value.shape);
        IEnumerable<(string, long[])> layout = checkpoint.Ensemble is { } ensemble
            ? EnsembleWeights.Layout(checkpoint.Network, ensemble, shapes)
            : CrysformerLayout.Of(checkpoint.Network);
        if (WeightComparison.Describe(layout, shapes) is { } difference)
        {
            throw new ArgumentException(
                $"The weights are not those of {checkpoint.Network}: {difference}.",
                nameof(checkpoint)
            );
        }

        if (checkpoint.Process is FlowConfiguration == checkpoint.Schedules is not null)
        {
            throw new ArgumentException(
                "A model has noise schedules where its process is diffusion, and none where it is a flow.",
                nameof(checkpoint)
            );
        }

        int expected = checkpoint.Process.StepCount + 1;
        foreach ((string name, IReadOnlyList<double> values) in ScheduleTensors.Of(checkpoint.Schedules))
        {
            if (values.Count != expected)
            {
                throw new ArgumentException(
                    $"{name} has {values.Count} values; expected {expected}, the process's steps and one.",
                    nameof(checkpoint)
                );
            }
        }

        if (
            checkpoint.Ensemble is { } folds
            && (
                (folds.CompositionForests is { } forests && forests.Count != folds.FoldCount)
                || (folds.OccurrenceForests?.Count ?? 0) != (folds.Occurrence is null ? 0 : folds.FoldCount)
            )
        )
        {
            throw new ArgumentException(
                $"An ensemble has a forest for each of its {folds.FoldCount} folds, or none; and those of occurrence where it has scores of it.",
                nameof(checkpoint)
            );
        }

        if (checkpoint.LabelScaler is { IsValid: false } scaler)
        {
            throw new ArgumentException(
                $"{scaler} is no scale; expected a standard deviation above 0.",
                nameof(checkpoint)
            );
        }
    }

    private static Tensor Convert(string name, Tensor weight, WeightPrecision precision)
    {
        Tensor converted = weight
            .detach()
            .to(
                precision switch
                {
                    WeightPrecision.Half => ScalarType.Float16,
                    WeightPrecision.BFloat16 => ScalarType.BFloat16,
                    _ => ScalarType.Float32,
                }
            );
        return converted.isfinite().all().item<bool>()
            ? converted
            : throw new ArgumentException(
                $"Weight '{name}' holds a value that is no finite number as {converted.dtype}."
            );
    }

    private static Dictionary<string, string> Metadata(Checkpoint checkpoint)
    {
        // sorted, so that equal content gives equal bytes
        Provenance provenance = checkpoint.Provenance with
        {
            ElementsSeen = new SortedDictionary<int, long>(checkpoint.Provenance.ElementsSeen.ToDictionary()),
        };
        Dictionary<string, string> metadata = new()
        {
            [CheckpointMetadata.Format] = CheckpointMetadata.FormatName,
            [CheckpointMetadata.Version] = (
                checkpoint.Ensemble is not null ? CheckpointFile.Version
                : checkpoint.Process is FlowConfiguration ? CheckpointFile.FlowVersion
                : CheckpointFile.DiffusionVersion
            ).ToString(CultureInfo.InvariantCulture),
            [CheckpointMetadata.Network] = CheckpointJson.Write(checkpoint.Network),
            [CheckpointMetadata.Provenance] = CheckpointJson.Write(provenance),
        };
        if (checkpoint.Process is FlowConfiguration flow)
        {
            metadata.Add(CheckpointMetadata.Flow, CheckpointJson.Write(flow));
        }
        else
        {
            metadata.Add(CheckpointMetadata.Process, CheckpointJson.Write((DiffusionConfiguration)checkpoint.Process));
        }

        if (checkpoint.LabelScaler is { } scaler)
        {
            metadata.Add(CheckpointMetadata.LabelScaler, CheckpointJson.Write(scaler));
        }

        if (checkpoint.Ensemble is { } ensemble)
        {
            metadata.Add(CheckpointMetadata.Ensemble, CheckpointJson.Write(ensemble));
        }

        return metadata;
    }
}
