using Kagome.Networks;
using Kagome.Networks.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Testing;

/// <summary>Untrained networks: of equal shapes, equal ones.</summary>
public static class RandomNetwork
{
    private const ulong Seed = 11;

    /// <summary>A shape that evaluates in a millisecond, with an energy head.</summary>
    public static CrysformerConfiguration SmallConfiguration { get; } =
        new()
        {
            BlockCount = 2,
            HiddenDimension = 32,
            HeadCount = 4,
            FrequencyCount = 8,
            GramScale = 0.3,
            TimeDimension = 16,
            HasEnergyHead = true,
        };

    /// <summary>A network in no dispose scope.</summary>
    public static Crysformer Create(
        CrysformerConfiguration configuration,
        ScalarType type = ScalarType.Float64,
        ProductPrecision precision = ProductPrecision.Full
    )
    {
        using Generator generator = new(Seed);
        using Tensor table = rand([101, configuration.ElementFeatureCount], generator: generator);
        Crysformer network = new(configuration, table, generator) { Precision = precision };
        ShakeNorms(network, generator);
        network.to(type);
        return network;
    }

    /// <summary>Norms start as (1, 0), which would hide a mistake in their folding.</summary>
    private static void ShakeNorms(Crysformer network, Generator generator)
    {
        using IDisposable noGradient = no_grad();
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            if (name.Contains("norm", StringComparison.Ordinal))
            {
                using Tensor draws = randn(parameter.shape, generator: generator);
                using Tensor noise = 0.3 * draws;
                parameter.add_(noise);
            }
        }
    }
}
