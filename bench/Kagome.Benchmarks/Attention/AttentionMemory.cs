namespace Kagome.Benchmarks.Attention;

/// <summary>Memory beyond weights and their gradients, at its highest, of one call on one thread.</summary>
/// <param name="Crystals">Of the call, the same for both forms.</param>
/// <param name="ProductBytes">Forward.</param>
/// <param name="LiteralBytes">Forward.</param>
/// <param name="ProductTrainingBytes">Forward and backward.</param>
/// <param name="LiteralTrainingBytes">Forward and backward.</param>
internal sealed record AttentionMemory(
    int Crystals,
    long ProductBytes,
    long LiteralBytes,
    long ProductTrainingBytes,
    long LiteralTrainingBytes
)
{
    public double ForwardRatio => (double)ProductBytes / LiteralBytes;

    public double TrainingRatio => (double)ProductTrainingBytes / LiteralTrainingBytes;
}
