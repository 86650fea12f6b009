using Kagome.Networks;

namespace Kagome.Benchmarks;

/// <summary>Multiply-adds of the matrix products in the blocks, per atom of a crystal; everything outside of the blocks is small.</summary>
/// <remarks>
/// With hidden size h, H heads, F waves (three axes of K frequencies) and N atoms, in each block:
/// projections 3h², output h² and feed-forward 8h² in either form; then
/// the factored form has 2·h·C for the edge columns (C = 2F + 10, up to a multiple of 8) and N·(4F·H + 2h) for the pairs,
/// the literal form N·((2F + 9)·h + 2h). See docs/performance.md.
/// </remarks>
internal static class NetworkArithmetic
{
    private const int ColumnMultiple = 8;

    public static double Factored(CrysformerConfiguration network, int atomCount)
    {
        double waves = 3.0 * network.FrequencyCount;
        double columns = Math.Ceiling((network.EdgeFeatureCount + 1.0) / ColumnMultiple) * ColumnMultiple;
        double hidden = network.HiddenDimension;
        double pairs = atomCount * ((4 * waves * network.HeadCount) + (2 * hidden));
        return network.BlockCount * (OfAtom(network) + (2 * hidden * columns) + pairs);
    }

    public static double Literal(CrysformerConfiguration network, int atomCount) =>
        network.BlockCount
        * (OfAtom(network) + (atomCount * (network.EdgeFeatureCount + 2.0) * network.HiddenDimension));

    private static double OfAtom(CrysformerConfiguration network) =>
        12.0 * network.HiddenDimension * network.HiddenDimension;
}
