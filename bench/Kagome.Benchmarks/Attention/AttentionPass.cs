using Kagome.Benchmarks.Measuring;

namespace Kagome.Benchmarks.Attention;

/// <summary>Forward, or forward and backward, in both forms.</summary>
/// <param name="Ratio">How many times faster the product is, per crystal.</param>
/// <param name="ProductUsPerAtom">Microseconds of all cores together for an atom.</param>
/// <param name="LiteralUsPerAtom">Likewise.</param>
/// <param name="ProductCrystals">The product's batch, a call and a core.</param>
/// <param name="LiteralCrystals">Likewise.</param>
/// <param name="Times">In seconds a crystal.</param>
internal sealed record AttentionPass(
    double Ratio,
    double ProductUsPerAtom,
    double LiteralUsPerAtom,
    int ProductCrystals,
    int LiteralCrystals,
    PairedTimes Times
);
