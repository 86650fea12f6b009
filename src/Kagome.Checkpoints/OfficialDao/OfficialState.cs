using Kagome.Checkpoints.TorchArchives;
using Kagome.Networks.Models;
using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Checkpoints.OfficialDao;

/// <summary>The state dictionary of a released checkpoint.</summary>
internal sealed class OfficialState(
    string path,
    TorchArchive archive,
    IReadOnlyDictionary<string, PickledTensor> tensors
)
{
    private const string Name = "state_dict";
    private static readonly string[] Used = [Name, "hyper_parameters", "global_step"];

    /// <returns>The tensors by their official names; null if the file has no state dictionary.</returns>
    public static Dictionary<string, PickledTensor>? Find(PickledDictionary root) =>
        root.TryGetValue(Name, out object? value) && value is PickledDictionary dictionary
            ? dictionary
                .Entries.Where(entry => entry is { Key: string, Value: PickledTensor })
                .ToDictionary(entry => (string)entry.Key!, entry => (PickledTensor)entry.Value!)
            : null;

    /// <summary>The parts of the file that are not imported.</summary>
    public static string[] OtherParts(PickledDictionary root) =>
        [.. root.Entries.Select(entry => entry.Key).OfType<string>().Except(Used).Order(StringComparer.Ordinal)];

    /// <summary>Official names of tensors that neither the network nor the schedules take.</summary>
    public string[] Unused(CrysformerConfiguration network) =>
        [
            .. tensors
                .Keys.Except(Implied(network).Select(weight => weight.Name))
                .Except(OfficialNames.Schedules.Values)
                .Order(StringComparer.Ordinal),
        ];

    public NoiseSchedules ReadSchedules()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> schedules = OfficialNames.Schedules.ToDictionary(
            pair => pair.Key,
            pair =>
                tensors.TryGetValue(pair.Value, out PickledTensor? schedule)
                    ? archive.Load(schedule)
                    : throw new CheckpointException(path, $"noise schedule '{pair.Value}' is missing.")
        );
        long length = schedules[ScheduleTensors.LatticeBetas].numel();
        return ScheduleTensors.Read(path, schedules, (int)Math.Min(length - 1, int.MaxValue));
    }

    /// <returns>By our names; float32, in no dispose scope.</returns>
    public Dictionary<string, Tensor> ReadWeights(CrysformerConfiguration network)
    {
        (string Name, long[] Shape)[] implied = [.. Implied(network)];
        Dictionary<string, long[]> shapes = implied
            .Where(weight => tensors.ContainsKey(weight.Name))
            .ToDictionary(weight => weight.Name, weight => tensors[weight.Name].Shape.ToArray());
        if (WeightComparison.Describe(implied, shapes) is { } difference)
        {
            throw new CheckpointException(path, $"its weights are not those of {network}: {difference}.");
        }

        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = CrysformerLayout
            .Of(network)
            .ToDictionary(
                weight => weight.Name,
                weight => archive.Load(tensors[OfficialNames.Of(weight.Name)]).to(ScalarType.Float32)
            );
        foreach (Tensor weight in weights.Values)
        {
            weight.DetachFromDisposeScope();
        }

        return weights;
    }

    private static IEnumerable<(string Name, long[] Shape)> Implied(CrysformerConfiguration network) =>
        CrysformerLayout.Of(network).Select(weight => (OfficialNames.Of(weight.Name), weight.Shape));
}
