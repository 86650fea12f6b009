namespace Kagome.Benchmarks.Attention;

/// <summary>The product against the literal form for crystals of one size.</summary>
/// <param name="Atoms">Of a crystal.</param>
/// <param name="ForwardRatio">How many times faster the product is.</param>
/// <param name="TrainingRatio">Likewise, forward and backward.</param>
/// <param name="MemoryRatio">The product's memory beyond weights as a share of the literal form's, forward; null where the system does not tell.</param>
/// <param name="TrainingMemoryRatio">Likewise, forward and backward.</param>
/// <param name="ForwardRatioFloat32">With products in float32, which is the same where the default is that.</param>
/// <param name="TrainingRatioFloat32">Likewise.</param>
/// <param name="ArithmeticRatio">Multiply-adds of the literal form in those of the factored: the ratio at equal rates.</param>
/// <param name="ProductUsPerAtom">Microseconds for an atom, forward.</param>
/// <param name="LiteralUsPerAtom">Likewise.</param>
/// <param name="ProductGflops">10⁹ operations of the forward pass's products a second.</param>
/// <param name="LiteralGflops">Likewise.</param>
/// <param name="RateShare">The product's as a share of this machine's rate in float32.</param>
/// <param name="Forward">In full.</param>
/// <param name="Training">In full.</param>
/// <param name="Memory">In full; null where the system does not tell.</param>
internal sealed record AttentionSize(
    int Atoms,
    double ForwardRatio,
    double TrainingRatio,
    double? MemoryRatio,
    double? TrainingMemoryRatio,
    double ForwardRatioFloat32,
    double TrainingRatioFloat32,
    double ArithmeticRatio,
    double ProductUsPerAtom,
    double LiteralUsPerAtom,
    double ProductGflops,
    double LiteralGflops,
    double RateShare,
    AttentionPass Forward,
    AttentionPass Training,
    AttentionMemory? Memory
);
