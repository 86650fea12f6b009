using System.Globalization;
using Kagome.Networks.Models;
using Kagome.Training.Recipes;

namespace Kagome.Training.Loops;

/// <summary>Freezes all of a property's network but its last blocks and its head.</summary>
internal static class TrainableWeights
{
    private const string Head = "energy_head.";

    public static void Choose(Crysformer network, PropertySettings settings)
    {
        int blockCount = network.Configuration.BlockCount;
        if (settings.TrainableBlocks >= blockCount)
        {
            return;
        }

        string[] trained =
        [
            Head,
            .. Enumerable
                .Range(blockCount - settings.TrainableBlocks, settings.TrainableBlocks)
                .Select(block => string.Create(CultureInfo.InvariantCulture, $"blocks.{block}.")),
        ];
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            parameter.requires_grad = trained.Any(start => name.StartsWith(start, StringComparison.Ordinal));
        }
    }
}
