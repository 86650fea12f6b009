using Kagome.Networks.Layers;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests.Layers;

public sealed class GatedResidualTests : IDisposable
{
    private const double RoundingTolerance = 1e-12;
    private const int Hidden = 16;

    private readonly Generator generator = new(5);
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly GatedResidual layer;

    public GatedResidualTests()
    {
        layer = new GatedResidual(Hidden, generator);
        layer.to(ScalarType.Float64);
    }

    [Fact]
    public void Forward_equals_the_formula_of_the_paper()
    {
        (Tensor x, Tensor y) = (Atoms(), Atoms());
        Tensor share = matmul(cat([x, y, x - y], dim: -1), layer.parameters().Single().t()).sigmoid();
        TensorAssert.AreNear((share * x) + ((1 - share) * y), layer.Fold().Mix(x, y), RoundingTolerance, "mixture");
    }

    [Fact]
    public void Forward_equal_input_and_output_gives_the_same()
    {
        Tensor atoms = Atoms();
        TensorAssert.AreIdentical(atoms, layer.Fold().Mix(atoms, atoms), "mixture");
    }

    public void Dispose()
    {
        layer.Dispose();
        scope.Dispose();
        generator.Dispose();
    }

    /// <summary>[atoms, hidden]</summary>
    private Tensor Atoms() => 2 * randn([12, Hidden], dtype: ScalarType.Float64, generator: generator);
}
