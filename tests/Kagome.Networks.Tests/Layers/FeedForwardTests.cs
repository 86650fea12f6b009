using Kagome.Networks.Layers;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests.Layers;

public sealed class FeedForwardTests
{
    private const double RoundingTolerance = 1e-12; // the tanh approximation of GELU is off by up to 5e-4
    private const int Hidden = 16;

    [Fact]
    public void Forward_equals_two_linear_maps_with_the_exact_GELU_between()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(5);
        using FeedForward layer = new(Hidden, generator);
        layer.to(ScalarType.Float64);
        Dictionary<string, Tensor> weights = layer.state_dict();
        Tensor input = 3 * randn([2, 5, Hidden], dtype: ScalarType.Float64, generator: generator);
        Tensor wide = matmul(input, weights["expand.weight"].t()) + weights["expand.bias"];
        Tensor activated = 0.5 * wide * (1 + (wide / Math.Sqrt(2)).erf());
        Tensor expected = matmul(activated, weights["contract.weight"].t()) + weights["contract.bias"];
        Assert.Equal([4 * Hidden, Hidden], weights["expand.weight"].shape);
        TensorAssert.AreNear(expected, layer.Fold(ProductPrecision.Full).Apply(input), RoundingTolerance, "output");
    }
}
