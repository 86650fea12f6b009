using Kagome.Networks.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>The core by tensor operations: on every device, in every type, and differentiable by the geometry.</summary>
internal sealed class TensorCore : IAttentionCore
{
    private readonly PaddedAtoms padding;
    private readonly int waveCount;
    private readonly Tensor gram; // [crystals, 1, 9]
    private readonly Tensor waves; // [crystals, atoms, 2F]
    private readonly Tensor means; // [crystals, atoms, atoms]
    private readonly Tensor scales; // [crystals, atoms, atoms]

    public TensorCore(EdgeGeometry geometry)
    {
        padding = new PaddedAtoms(geometry.Layout, geometry.Waves.device);
        waveCount = geometry.WaveCount;
        gram = geometry.Gram.unsqueeze(1);
        waves = padding.Pad(geometry.Waves);
        Tensor receivers = Turn(ones_like(waves), waves, sign: 1);
        (means, scales) = geometry.Normalise(
            matmul(receivers, waves.transpose(1, 2)),
            gram.sum(2, keepdim: true),
            gram.square().sum(2, keepdim: true)
        );
    }

    public (Tensor EdgeSums, Tensor ValueSums) Attend(Tensor amplitudes, Tensor projections)
    {
        using DisposeScope scope = NewDisposeScope();
        int heads = (int)amplitudes.shape[0];
        int used = (2 * waveCount) + EdgeGeometry.GramSize + 1;
        Tensor padded = padding.Pad(amplitudes.narrow(2, 0, used)); // [heads, crystals, atoms, columns]
        Tensor[] parts = padded.split([2 * waveCount, EdgeGeometry.GramSize, 1], dim: 3);
        Tensor[] heading = SplitHeads(padding.Pad(projections), heads);
        Tensor edgeLogits =
            matmul(Turn(parts[0], waves, sign: 1), waves.transpose(1, 2))
            + matmul(parts[1], gram.transpose(1, 2))
            - (means * parts[2]);
        Tensor logits = matmul(heading[0], heading[1].transpose(2, 3)) + (scales * edgeLogits);
        if (padding.IsFilling is { } filling)
        {
            logits = logits.masked_fill(filling.unsqueeze(1), double.NegativeInfinity);
        }

        Tensor shares = logits.softmax(-1); // [heads, crystals, atoms, atoms]
        Tensor scaled = shares * scales;
        Tensor edgeSums = cat(
            [
                Turn(matmul(scaled, waves), waves, sign: -1),
                scaled.sum(-1, keepdim: true) * gram,
                -(scaled * means).sum(-1, keepdim: true),
            ],
            dim: -1
        );
        long filler = amplitudes.shape[2] - used;
        Tensor valueSums = padding.Unpad(matmul(shares, heading[2])).transpose(0, 1).flatten(1);
        return (
            nn.functional.pad(padding.Unpad(edgeSums), [0, filler]).MoveToOuterDisposeScope(),
            valueSums.MoveToOuterDisposeScope()
        );
    }

    /// <summary>[crystals, atoms, 3 · hidden] → three of [heads, crystals, atoms, head size]</summary>
    private static Tensor[] SplitHeads(Tensor projections, int heads) =>
        projections.view(projections.shape[0], projections.shape[1], 3, heads, -1).permute(2, 3, 0, 1, 4).unbind(0);

    /// <summary>Turns pairs (x, y) of wave amplitudes by ±θ of their atom.</summary>
    /// <remarks>
    /// sign 1: [x c + y s ; y c - x s], which makes u · x_ij a product with Φ_j;
    /// sign -1: [x c - y s ; y c + x s], which turns Σ_j p_ij Φ_j into sums over θ_j - θ_i.
    /// </remarks>
    private static Tensor Turn(Tensor amplitudes, Tensor waves, int sign)
    {
        Tensor[] halves = amplitudes.chunk(2, dim: -1);
        Tensor[] turns = waves.chunk(2, dim: -1); // sines, cosines
        (Tensor x, Tensor y, Tensor sines, Tensor cosines) = (halves[0], halves[1], turns[0], turns[1]);
        return cat(
            [addcmul(x * cosines, y, sines, value: sign), addcmul(y * cosines, x, sines, value: -sign)],
            dim: -1
        );
    }
}
