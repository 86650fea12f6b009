using Kagome.Networks;

namespace Kagome.Models.OfficialDao;

/// <summary>The network's shape as its weights show it, compared with what the hyper-parameters say.</summary>
/// <remarks>The number of heads leaves no trace in the weights: it comes from the hyper-parameters alone.</remarks>
internal sealed class OfficialConfiguration(
    string path,
    IReadOnlyDictionary<string, long[]> shapes,
    HyperParameters parameters,
    List<string> remarks
)
{
    private const int PublishedHeadCount = 8;
    private const int InnerProductCount = 9;

    // what the released networks are built with, and ours are in any case
    private static readonly (string Key, object Supported)[] Fixed =
    [
        ("decoder.ip", true),
        ("decoder.norm_edge", true),
        ("decoder.ln", false),
        ("decoder.edge_style", "fc"),
        ("decoder.dis_emb", "sin"),
    ];

    /// <exception cref="CheckpointException">Weights and hyper-parameters contradict each other, or ask for what we lack.</exception>
    public CrysformerConfiguration Read()
    {
        (long hidden, long elementFeatures) = Matrix("atom_embedding.projection.weight");
        (_, long fused) = Matrix("time_fusion.weight");
        (_, long edge) = Matrix("blocks.0.attention.edge.weight");
        if (edge < InnerProductCount + 6 || (edge - InnerProductCount) % 6 != 0)
        {
            throw Fault($"its edges carry {edge} features; expected 9 and a multiple of 6");
        }

        CheckFixed();
        return Validate(
            new CrysformerConfiguration
            {
                BlockCount = Agree("decoder.num_layers", CountBlocks()),
                HiddenDimension = Agree("decoder.hidden_dim", hidden),
                HeadCount = HeadCount(),
                FrequencyCount = Agree("decoder.num_freqs", (edge - InnerProductCount) / 6),
                TimeDimension = Agree("time_dim", fused - hidden),
                ElementFeatureCount = (int)elementFeatures,
                HasEnergyHead = Has("energy_head.output.weight"),
                HasTypeHead = Has("type_head.output.weight"),
            }
        );
    }

    private CrysformerConfiguration Validate(CrysformerConfiguration network)
    {
        try
        {
            network.Validate();
            return network;
        }
        catch (ArgumentException exception)
        {
            throw new CheckpointException(path, $"no network can have its shape. {exception.Message}", exception);
        }
    }

    private void CheckFixed()
    {
        foreach ((string key, object supported) in Fixed)
        {
            object? found = supported is bool ? parameters.Find<bool>(key) : parameters.FindText(key);
            if (found is not null && !found.Equals(supported))
            {
                throw Fault($"hyper-parameter {key} is {found}; Kagome's network is the one with {supported}");
            }
        }
    }

    private int HeadCount()
    {
        if (parameters.Find<long>("decoder.head_num") is { } count)
        {
            return count is > 0 and <= int.MaxValue ? (int)count : throw Fault($"it has {count} attention heads");
        }

        remarks.Add(
            $"The file does not say how many attention heads there are; assumed {PublishedHeadCount}, as published."
        );
        return PublishedHeadCount;
    }

    private int CountBlocks()
    {
        int count = 0;
        while (Has($"blocks.{count}.attention.query.weight"))
        {
            count++;
        }

        return count;
    }

    private int Agree(string key, long fromWeights) =>
        parameters.Find<long>(key) is { } said && said != fromWeights
            ? throw Fault($"hyper-parameter {key} is {said}, but the weights show {fromWeights}")
            : (int)fromWeights;

    private bool Has(string weight) => shapes.ContainsKey(OfficialNames.Of(weight));

    private (long Rows, long Columns) Matrix(string weight)
    {
        string name = OfficialNames.Of(weight);
        return shapes.TryGetValue(name, out long[]? shape) && shape is [<= int.MaxValue, <= int.MaxValue]
            ? (shape[0], shape[1])
            : throw Fault($"'{name}' is missing or no matrix");
    }

    private CheckpointException Fault(string problem) =>
        new(path, $"no DAO checkpoint that Kagome can import: {problem}.");
}
