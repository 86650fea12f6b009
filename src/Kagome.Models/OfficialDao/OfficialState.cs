using Kagome.Models.TorchArchives;
using Kagome.Networks;
using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Models.OfficialDao;

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

    /// <returns>Weights by our names; float32, in no dispose scope.</returns>
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

/// <summary>The diffusion process that a checkpoint's schedules follow.</summary>
internal static class OfficialProcess
{
    /// <remarks>The schedules themselves are kept as stored: this only names what they were made from.</remarks>
    public static DiffusionConfiguration Describe(
        NoiseSchedules schedules,
        HyperParameters parameters,
        List<string> remarks
    )
    {
        if (parameters.Find<long>("timesteps") is { } said && said != schedules.StepCount)
        {
            remarks.Add(
                $"Hyper-parameter timesteps is {said}, but the schedules have {schedules.StepCount} steps; kept these."
            );
        }

        return new DiffusionConfiguration
        {
            StepCount = schedules.StepCount,
            SmallestCoordinateSigma = Decimal(schedules.CoordinateSigmas[1]),
            LargestCoordinateSigma = Decimal(schedules.CoordinateSigmas[^1]),
        };
    }

    /// <summary>The short decimal number that was rounded to float32: 0.005 rather than 0.004999999888.</summary>
    private static double Decimal(double stored) => Math.Abs(stored) < 1e6 ? (double)(decimal)(float)stored : stored;
}

/// <summary>The names of weights in the released DAO checkpoints.</summary>
internal static class OfficialNames
{
    public const string Prefix = "decoder.";

    // ours, theirs; the first that begins a name, or what follows its block, is put in the other's place
    private static readonly (string Ours, string Theirs)[] Parts =
    [
        ("atom_embedding.table", "embedding_in.0.weight"),
        ("atom_embedding.projection.", "embedding_in.1."),
        ("time_fusion.", "atom_latent_emb."),
        ("coordinate_head.", "coord_out."),
        ("lattice_head.", "lattice_out."),
        ("energy_head.hidden.", "scalar_out.0."),
        ("energy_head.output.", "scalar_out.2."),
        ("type_head.hidden.", "type_out.0."),
        ("type_head.output.", "type_out.2."),
        ("attention.query.", "attention.fn.to_q."),
        ("attention.key_value.", "attention.fn.to_kv."),
        ("attention.edge.", "attention.fn.edges_to_kv."),
        ("attention.output.", "attention.fn.to_out."),
        ("attention.edge_norm.", "attention.fn.edge_norm."),
        ("attention_norm.", "attention.norm."),
        ("attention_gate.", "attention.residue.proj.0."),
        ("feed_forward.expand.", "ffn.fn.net.0."),
        ("feed_forward.contract.", "ffn.fn.net.2."),
        ("feed_forward_norm.", "ffn.norm."),
        ("feed_forward_gate.", "ffn.residue.proj.0."),
    ];

    /// <summary>The schedules' buffers, by our names.</summary>
    public static readonly IReadOnlyDictionary<string, string> Schedules = new Dictionary<string, string>
    {
        [ScheduleTensors.LatticeBetas] = "beta_scheduler.betas",
        [ScheduleTensors.LatticeAlphas] = "beta_scheduler.alphas",
        [ScheduleTensors.LatticeAlphaProducts] = "beta_scheduler.alphas_cumprod",
        [ScheduleTensors.LatticeSigmas] = "beta_scheduler.sigmas",
        [ScheduleTensors.CoordinateSigmas] = "sigma_scheduler.sigmas",
        [ScheduleTensors.CoordinateScoreNorms] = "sigma_scheduler.sigmas_norm",
    };

    /// <summary>The official name of one of our weights.</summary>
    public static string Of(string weight)
    {
        string block = "";
        string rest = weight;
        if (weight.Split('.', 3) is ["blocks", var index, var inner])
        {
            (block, rest) = ($"block_{index}.", inner);
        }

        (string ours, string theirs) = Array.Find(Parts, part => rest.StartsWith(part.Ours, StringComparison.Ordinal));
        return $"{Prefix}{block}{theirs}{rest[ours.Length..]}";
    }
}
