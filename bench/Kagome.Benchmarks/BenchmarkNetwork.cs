using Kagome.Cli.Options;
using Kagome.Crystals.Elements;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Networks.Layers;
using static TorchSharp.torch;

namespace Kagome.Benchmarks;

/// <summary>The network that is measured.</summary>
internal static class BenchmarkNetwork
{
    /// <summary>Makes networks of the same weights: a model's, or random ones of the given shape.</summary>
    /// <param name="model">A model's name or file; null for random weights.</param>
    /// <param name="shape">Of random weights.</param>
    /// <param name="seed">Of random weights.</param>
    /// <param name="precision">Of the large products.</param>
    public static Crysformer Create(
        string? model,
        CrysformerConfiguration shape,
        long seed,
        ProductPrecision precision = ProductPrecision.Full
    )
    {
        using Checkpoint? checkpoint = model is null ? null : ModelFolder.Catalog.Load(model);
        using Generator generator = new((ulong)seed);
        using Tensor table = tensor(ElementFeatures.Table());
        Crysformer network = new(checkpoint?.Network ?? shape, table, generator) { Precision = precision };
        if (checkpoint is not null)
        {
            network.load_state_dict(checkpoint.Weights.ToDictionary());
            network.eval();
        }

        return network;
    }

    /// <summary>The shape of a model; the given one where there is none.</summary>
    public static CrysformerConfiguration Shape(string? model, CrysformerConfiguration standard)
    {
        if (model is null)
        {
            return standard;
        }

        using Checkpoint checkpoint = ModelFolder.Catalog.Load(model);
        return checkpoint.Network;
    }
}
