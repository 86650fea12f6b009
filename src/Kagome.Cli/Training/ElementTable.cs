using Kagome.Core.Elements;
using static TorchSharp.torch;

namespace Kagome.Cli.Training;

/// <summary>Element features as the network takes them.</summary>
internal static class ElementTable
{
    /// <summary>[atomic numbers 0 … 100, features]</summary>
    public static Tensor Create() => tensor(ElementFeatures.Table());
}
