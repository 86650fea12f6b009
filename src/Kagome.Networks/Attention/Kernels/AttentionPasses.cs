using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>Attention over all crystals and heads of a batch, forward and backward.</summary>
/// <remarks>
/// Crystals are independent, and so are heads: with several libtorch threads they run side by side, with the same results.
/// Shapes: amplitudes and edge sums [heads, atoms, columns]; projections [atoms, 3 · hidden] (queries, keys, values); value sums
/// [atoms, hidden]; shares heads × pairs. All float32, contiguous.
/// </remarks>
internal static class AttentionPasses
{
    /// <param name="amplitudes">Overwritten.</param>
    /// <param name="projections">Queries, keys, values.</param>
    /// <param name="geometry">Of the batch.</param>
    /// <param name="shares">Receives the softmax for a backward pass; null where none will come, and then edge sums take the amplitudes' place.</param>
    public static (Tensor EdgeSums, Tensor ValueSums) Forward(
        Tensor amplitudes,
        Tensor projections,
        PairGeometry geometry,
        Tensor? shares
    )
    {
        HeadShape shape = new((int)amplitudes.shape[0], (int)projections.shape[1] / 3);
        Tensor edgeSums = shares is null ? amplitudes : empty_like(amplitudes);
        Tensor valueSums = empty([projections.shape[0], shape.Hidden], dtype: ScalarType.Float32);
        CrystalKernels kernels = new(geometry);
        (Rows u, Rows qkv, Rows v, Rows y) = (
            Rows.Of(amplitudes),
            Rows.Of(projections),
            Rows.Of(edgeSums),
            Rows.Of(valueSums)
        );
        Rows? p = shares is null ? null : Rows.Of(shares);
        kernels.ForEach(
            (kernel, crystal, scratch, matrix) =>
            {
                for (int head = 0; head < shape.Heads; head++)
                {
                    Rows Part(int part) => geometry.OfAtoms(qkv, crystal, shape.Column(part, head));
                    Rows attention = p is { } all ? geometry.OfPairs(all, crystal, shape.Heads, head) : matrix;
                    Rows waves = geometry.OfHead(u, crystal, head);
                    kernel.Multiply(Part(0), Part(1), shape.Size, waves, attention, scratch);
                    CrystalKernel.Softmax(attention);
                    kernel.SumEdges(attention, scratch, geometry.OfHead(v, crystal, head));
                    Rows results = geometry.OfAtoms(y, crystal, shape.Column(0, head));
                    RowProducts.Gather(attention, 1, Part(2), shape.Size, results);
                }
            }
        );
        GC.KeepAlive((amplitudes, projections, shares));
        return (edgeSums, valueSums);
    }

    /// <summary>Gradients of amplitudes and projections from those of edge sums and value sums.</summary>
    public static (Tensor OfAmplitudes, Tensor OfProjections) Backward(
        Tensor edgeSums,
        Tensor valueSums,
        Tensor projections,
        Tensor shares,
        PairGeometry geometry
    )
    {
        HeadShape shape = new((int)edgeSums.shape[0], (int)valueSums.shape[1]);
        Tensor ofAmplitudes = edgeSums.clone();
        Tensor ofProjections = empty_like(projections);
        CrystalKernels kernels = new(geometry);
        (Rows dv, Rows dy, Rows qkv, Rows p, Rows dqkv) = (
            Rows.Of(ofAmplitudes),
            Rows.Of(valueSums),
            Rows.Of(projections),
            Rows.Of(shares),
            Rows.Of(ofProjections)
        );
        kernels.ForEach(
            (kernel, crystal, scratch, gradients) =>
            {
                for (int head = 0; head < shape.Heads; head++)
                {
                    Rows Part(Rows rows, int part) => geometry.OfAtoms(rows, crystal, shape.Column(part, head));
                    Rows attention = geometry.OfPairs(p, crystal, shape.Heads, head);
                    Rows waves = geometry.OfHead(dv, crystal, head);
                    Rows results = Part(dy, 0);
                    kernel.Multiply(results, Part(qkv, 2), shape.Size, waves, gradients, scratch);
                    CrystalKernel.SoftmaxGradient(attention, gradients);
                    kernel.SumEdges(gradients, scratch, waves);
                    int step = attention.Stride;
                    RowProducts.Gather(gradients, 1, Part(qkv, 1), shape.Size, Part(dqkv, 0));
                    RowProducts.Gather(gradients.Transposed(), step, Part(qkv, 0), shape.Size, Part(dqkv, 1));
                    RowProducts.Gather(attention.Transposed(), step, results, shape.Size, Part(dqkv, 2));
                }
            }
        );
        GC.KeepAlive((valueSums, projections, shares));
        return (ofAmplitudes, ofProjections);
    }

    /// <summary>How a row of projections is divided.</summary>
    private readonly record struct HeadShape(int Heads, int Hidden)
    {
        public int Size => Hidden / Heads;

        /// <summary>Where a head begins in queries (part 0), keys (1) or values (2).</summary>
        public int Column(int part, int head) => (part * Hidden) + (head * Size);
    }
}
