using Kagome.Networks.Batches;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>Puts the passes of attention into automatic differentiation.</summary>
/// <remarks>Inputs: amplitudes, projections, and the <see cref="PairGeometry"/>, which is constant.</remarks>
internal sealed class KernelAttention : autograd.MultiTensorFunction<KernelAttention>
{
    private const string LayoutKey = "layout";

    public override string Name => nameof(KernelAttention);

    public override List<Tensor> forward(autograd.AutogradContext context, params object[] inputs)
    {
        PairGeometry pairs = (PairGeometry)inputs[2];
        Tensor amplitudes = ((Tensor)inputs[0]).contiguous();
        Tensor projections = ((Tensor)inputs[1]).contiguous();
        Tensor shares = empty([amplitudes.shape[0] * pairs.Layout.PairTotal], dtype: ScalarType.Float32);
        (Tensor edgeSums, Tensor valueSums) = AttentionPasses.Forward(amplitudes, projections, pairs, shares);
        context.save_for_backward([projections, shares, .. pairs.Tensors]);
        context.save_data(LayoutKey, pairs.Layout);
        return [edgeSums, valueSums];
    }

    public override List<Tensor> backward(autograd.AutogradContext context, List<Tensor> gradients)
    {
        List<Tensor> saved = context.get_saved_variables();
        PairGeometry pairs = new((CrystalLayout)context.get_data(LayoutKey), [.. saved.Skip(2)]);
        (Tensor ofAmplitudes, Tensor ofProjections) = AttentionPasses.Backward(
            gradients[0].contiguous(),
            gradients[1].contiguous(),
            saved[0],
            saved[1],
            pairs
        );
        return [ofAmplitudes, ofProjections, null!];
    }
}
