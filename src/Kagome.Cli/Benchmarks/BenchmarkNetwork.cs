using Kagome.Checkpoints;
using Kagome.Cli.Models;
using Kagome.Cli.Training;
using Kagome.Networks.Models;
using static TorchSharp.torch;

namespace Kagome.Cli.Benchmarks;

/// <summary>The network that is measured.</summary>
internal static class BenchmarkNetwork
{
    /// <summary>Makes networks of the same weights: a model's, or random ones of the given shape.</summary>
    /// <param name="model">A model's name or file; null for random weights.</param>
    /// <param name="shape">Of random weights.</param>
    /// <param name="seed">Of random weights.</param>
    public static Crysformer Create(string? model, CrysformerConfiguration shape, long seed)
    {
        if (model is not null)
        {
            using Checkpoint checkpoint = ModelLocation.Load(model);
            return checkpoint.CreateNetwork();
        }

        using Generator generator = new((ulong)seed);
        using Tensor table = ElementTable.Create();
        return new Crysformer(shape, table, generator);
    }

    /// <summary>The shape of a model; the given one where there is none.</summary>
    public static CrysformerConfiguration Shape(string? model, CrysformerConfiguration standard)
    {
        if (model is null)
        {
            return standard;
        }

        using Checkpoint checkpoint = ModelLocation.Load(model);
        return checkpoint.Network;
    }
}
