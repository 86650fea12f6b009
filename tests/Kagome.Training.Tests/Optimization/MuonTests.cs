using Kagome.Networks.Layers;
using Kagome.Testing;
using Kagome.Training.Optimization;
using Kagome.Training.Recipes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Optimization;

public sealed class MuonTests : IDisposable
{
    private const double RoundingTolerance = 1e-5; // float32, five products of matrices
    private const double Rate = 0.01;

    private static readonly OptimizerSettings Settings = new()
    {
        LearningRate = Rate,
        MuonFactor = 3,
        ClipValue = 0,
        AverageDecay = 0.9,
    };

    private readonly DisposeScope scope = NewDisposeScope();

    [Theory]
    [InlineData(16, 24)]
    [InlineData(24, 16)]
    [InlineData(20, 20)]
    public void Orthogonalize_any_matrix_keeps_its_singular_vectors_and_evens_its_singular_values(
        long rows,
        long columns
    )
    {
        using Generator generator = new(5);
        Tensor matrices = randn([2, rows, columns], dtype: ScalarType.Float64, generator: generator);
        (Tensor left, Tensor values, Tensor right) = linalg.svd(matrices[1], fullMatrices: false);
        Tensor inTheirBasis = mm(mm(left.t(), Muon.Orthogonalize(matrices, ScalarType.Float64)[1]), right.t());
        Tensor singular = inTheirBasis.diagonal();
        TensorAssert.AreNear(diag(singular), inTheirBasis, 1e-9, "matrix in the basis of its singular vectors");
        Tensor large = singular[values > 0.05 * values.max()];
        Assert.InRange(large.min().ToDouble(), 0.6, 1.3);
        Assert.InRange(large.max().ToDouble(), 0.6, 1.3);
    }

    [Fact]
    public void Orthogonalize_in_bfloat16_evens_the_singular_values_too()
    {
        using Generator generator = new(6);
        Tensor matrices = randn([3, 64, 96], generator: generator);
        Tensor exact = Muon.Orthogonalize(matrices, ScalarType.Float32);
        Tensor rounded = Muon.Orthogonalize(matrices, ScalarType.BFloat16);
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        Tensor singular = linalg.svdvals(rounded);
        Assert.InRange(singular.min().ToDouble(), 0.5, 1.3);
        Assert.InRange(singular.max().ToDouble(), 0.5, 1.3);
        double cosine = ((exact * rounded).sum() / (exact.norm() * rounded.norm())).ToDouble();
        Assert.InRange(cosine, 0.99, 1); // nearly the same direction
        Assert.NotEqual(1, cosine, 1e-9);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Step_matrix_moves_along_the_orthogonalised_sum_of_its_gradients_and_the_bias_by_Adam(ScalarType factors)
    {
        Projection network = NewNetwork();
        Projection plain = NewNetwork();
        using WeightOptimizer optimizer = new([network], Settings, TestRuns.Workers, factors: factors);
        using Adam adam = optim.Adam([plain.get_parameter("bias")!], Rate);
        Tensor momentum = zeros(20, 16);
        Tensor weight = plain.Weight.detach().clone();
        for (int step = 0; step < 3; step++)
        {
            Loss(network, step).backward();
            Tensor gradient = network.Weight.grad!.clone();
            plain.get_parameter("bias")!.grad = network.Bias!.grad!.clone();
            optimizer.Step(Rate, step);
            adam.step();

            momentum = (0.95 * momentum) + gradient;
            Tensor direction = Muon.Orthogonalize((gradient + (0.95 * momentum)).unsqueeze(0), factors)[0];
            weight -= 3 * Rate * 0.2 * Math.Sqrt(20) * direction;
        }

        TensorAssert.AreNear(weight, network.Weight.detach(), RoundingTolerance, "weight");
        TensorAssert.AreNear(plain.Bias!.detach(), network.Bias!.detach(), RoundingTolerance, "bias");
    }

    [Fact]
    public void Step_network_without_large_matrices_equals_Adam()
    {
        Projection network = NewNetwork(inputs: 20, outputs: 9);
        Projection plain = NewNetwork(inputs: 20, outputs: 9);
        using WeightOptimizer optimizer = new([network], Settings, TestRuns.Workers);
        using WeightOptimizer adam = new([plain], Settings with { MuonFactor = 0 }, TestRuns.Workers);
        Loss(network, 0).backward();
        Loss(plain, 0).backward();
        optimizer.Step(Rate, 0);
        adam.Step(Rate, 0);
        TensorAssert.AreIdentical(plain.Weight, network.Weight, "weight");
    }

    [Fact]
    public void LoadState_goes_on_exactly()
    {
        Projection network = NewNetwork();
        Projection other = NewNetwork();
        using WeightOptimizer optimizer = new([network], Settings, TestRuns.Workers);
        using WeightOptimizer resumed = new([other], Settings, TestRuns.Workers);
        Move(network, optimizer, 0);
        Dictionary<string, Tensor> state = optimizer
            .SaveState()
            .ToDictionary(pair => pair.Key, pair => pair.Value.clone(), StringComparer.Ordinal);
        Move(network, optimizer, 1);
        resumed.LoadState(state, 1);
        Move(other, resumed, 1);
        TensorAssert.AreIdentical(network.Weight, other.Weight, "weight");

        state.Remove("momentum");
        Assert.Contains(
            "'momentum' is missing",
            Assert.Throws<ArgumentException>(() => resumed.LoadState(state, 1)).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => scope.Dispose();

    private static void Move(Projection network, WeightOptimizer optimizer, int step)
    {
        Loss(network, step).backward();
        optimizer.Step(Rate, step);
    }

    private static Projection NewNetwork(int inputs = 16, int outputs = 20)
    {
        using Generator generator = new(17);
        return new Projection(inputs, outputs, hasBias: true, generator);
    }

    private static Tensor Loss(Projection network, int step)
    {
        using Generator generator = new((ulong)step);
        return (network.forward(randn([40, network.Weight.shape[1]], generator: generator)) - 1).square().mean();
    }
}
