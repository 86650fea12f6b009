using System.Globalization;
using System.Text.Json;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Models;

internal static class CheckpointReader
{
    public static Checkpoint Read(string path, string? expectedSha256)
    {
        using SafetensorsFile file = SafetensorsFile.Read(path);
        CheckFormat(path, file.Metadata);
        CheckSums(path, file, expectedSha256);
        CrysformerConfiguration network = Part<CrysformerConfiguration>(path, file, CheckpointMetadata.Network);
        CheckNetwork(path, network);
        (ProcessConfiguration process, NoiseSchedules? schedules) = ReadProcess(path, file);
        PropertyEnsemble? ensemble = ReadEnsemble(path, file);
        return new Checkpoint
        {
            Network = network,
            Process = process,
            Schedules = schedules,
            LabelScaler = ReadScaler(path, file),
            Ensemble = ensemble,
            Provenance = Part<Provenance>(path, file, CheckpointMetadata.Provenance),
            Checksum = file.Checksum,
            Weights = TakeWeights(path, file, network, ensemble), // last: nothing after it can fail and leave tensors behind
        };
    }

    private static void CheckFormat(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (
            metadata.GetValueOrDefault(CheckpointMetadata.Format) is var format
            && format != CheckpointMetadata.FormatName
        )
        {
            throw new CheckpointException(
                path,
                $"a safetensors file, but no Kagome model: its format is '{format ?? "not given"}'; expected '{CheckpointMetadata.FormatName}'."
            );
        }

        string? text = metadata.GetValueOrDefault(CheckpointMetadata.Version);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < 1)
        {
            throw new CheckpointException(path, $"version is '{text}'; expected a number from 1. Get the file again.");
        }

        if (version > CheckpointFile.Version)
        {
            throw new CheckpointException(
                path,
                $"written by a newer Kagome: file version {version}, and this one reads up to {CheckpointFile.Version}. Update Kagome."
            );
        }
    }

    private static void CheckSums(string path, SafetensorsFile file, string? expectedSha256)
    {
        if (!file.IsSealed)
        {
            throw new CheckpointException(path, "the seal is missing: the file was changed; get it again.");
        }

        if (expectedSha256 is not null && !file.Checksum.Equals(expectedSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new CheckpointException(
                path,
                $"checksum differs: the file's SHA-256 is {file.Checksum}; expected {expectedSha256}. It is sound, but not the expected model; get that one."
            );
        }
    }

    private static void CheckNetwork(string path, CrysformerConfiguration network)
    {
        try
        {
            network.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new CheckpointException(path, $"no network can have its shape. {exception.Message}", exception);
        }
    }

    private static (ProcessConfiguration Process, NoiseSchedules? Schedules) ReadProcess(
        string path,
        SafetensorsFile file
    )
    {
        if (file.Metadata.ContainsKey(CheckpointMetadata.Flow))
        {
            FlowConfiguration flow = Part<FlowConfiguration>(path, file, CheckpointMetadata.Flow);
            return flow is { StepCount: > 0, VolumePerPoint: > 0, LatticeSpread: > 0 }
                ? (flow, null)
                : throw new CheckpointException(path, $"{flow} is no flow; expected numbers above 0.");
        }

        DiffusionConfiguration process = Part<DiffusionConfiguration>(path, file, CheckpointMetadata.Process);
        return (process, ScheduleTensors.Read(path, file.Tensors, process.StepCount));
    }

    private static LabelScaler? ReadScaler(string path, SafetensorsFile file)
    {
        if (!file.Metadata.ContainsKey(CheckpointMetadata.LabelScaler))
        {
            return null;
        }

        LabelScaler scaler = Part<LabelScaler>(path, file, CheckpointMetadata.LabelScaler);
        return scaler.IsValid
            ? scaler
            : throw new CheckpointException(path, $"{scaler} is no scale; expected a standard deviation above 0.");
    }

    private static PropertyEnsemble? ReadEnsemble(string path, SafetensorsFile file)
    {
        if (!file.Metadata.ContainsKey(CheckpointMetadata.Ensemble))
        {
            return null;
        }

        if (file.Metadata[CheckpointMetadata.Version] is "1" or "2")
        {
            throw new CheckpointException(
                path,
                $"an ensemble of an older Kagome: file version {file.Metadata[CheckpointMetadata.Version]}, and this one reads {CheckpointFile.Version}. Train it again, or get the file of this version."
            );
        }

        PropertyEnsemble ensemble = Part<PropertyEnsemble>(path, file, CheckpointMetadata.Ensemble);
        if (!ensemble.IsValid)
        {
            throw new CheckpointException(
                path,
                $"the ensemble has {ensemble.FoldCount} scales; expected at least 2 folds, each with a standard deviation above 0."
            );
        }

        ensemble = ForestTensors.Read(path, file.Tensors, ensemble);
        return EnsembleWeights.Missing(ensemble, file.Tensors.Keys) is { Count: > 0 } missing
            ? throw new CheckpointException(
                path,
                $"fold {string.Join(", ", missing)} of {ensemble.FoldCount} is missing; an ensemble is used whole or not at all. Get the file again, or resume the training that made it."
            )
            : ensemble;
    }

    private static Dictionary<string, Tensor> TakeWeights(
        string path,
        SafetensorsFile file,
        CrysformerConfiguration network,
        PropertyEnsemble? ensemble
    )
    {
        Dictionary<string, Tensor> weights = file
            .Tensors.Where(pair =>
                !pair.Key.StartsWith(ScheduleTensors.Prefix, StringComparison.Ordinal)
                && !(ensemble is not null && pair.Key.StartsWith(ForestTensors.Prefix, StringComparison.Ordinal))
            )
            .ToDictionary();
        Dictionary<string, long[]> shapes = weights.ToDictionary(pair => pair.Key, pair => pair.Value.shape);
        IEnumerable<(string, long[])> layout = ensemble is not null
            ? EnsembleWeights.Layout(network, ensemble, shapes)
            : CrysformerLayout.Of(network);
        if (WeightComparison.Describe(layout, shapes) is { } problem)
        {
            throw new CheckpointException(
                path,
                $"the weights are not those of the network that it describes, {network}: {problem}. Get or export the file again."
            );
        }

        foreach ((string name, Tensor weight) in weights)
        {
            if (!weight.is_floating_point())
            {
                throw new CheckpointException(path, $"weight '{name}' is {weight.dtype}; expected floating point.");
            }
        }

        return weights.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.to(ScalarType.Float32).DetachFromDisposeScope()
        );
    }

    private static T Part<T>(string path, SafetensorsFile file, string key)
        where T : class
    {
        if (!file.Metadata.TryGetValue(key, out string? text))
        {
            throw new CheckpointException(path, $"metadata '{key}' is missing; get or export the file again.");
        }

        try
        {
            return CheckpointJson.Read<T>(text);
        }
        catch (JsonException exception)
        {
            throw new CheckpointException(
                path,
                $"metadata '{key}' is not as expected; get or export the file again. {exception.Message}",
                exception
            );
        }
    }
}
