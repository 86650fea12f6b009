using Kagome.Networks.Attention;
using Kagome.Networks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests;

/// <summary>Small networks with random weights: equal seeds, equal networks.</summary>
internal static class TestNetworks
{
    public static CrysformerConfiguration SmallConfiguration { get; } =
        new()
        {
            BlockCount = 2,
            HiddenDimension = 32,
            HeadCount = 4,
            FrequencyCount = 8,
            TimeDimension = 16,
            HasEnergyHead = true,
        };

    public static Crysformer Small(IAttentionForm? form = null, ScalarType type = ScalarType.Float64)
    {
        using Generator generator = new(11);
        using Tensor table = rand([101, SmallConfiguration.ElementFeatureCount], generator: generator);
        Crysformer network = new(SmallConfiguration, table, generator, form);
        ShakeNorms(network, generator);
        network.to(type);
        return network;
    }

    /// <summary>Norms start as (1, 0), which would hide a mistake in their folding.</summary>
    private static void ShakeNorms(Crysformer network, Generator generator)
    {
        using IDisposable noGradient = no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            if (name.Contains("norm", StringComparison.Ordinal))
            {
                parameter.add_(0.3 * randn(parameter.shape, generator: generator));
            }
        }
    }
}
