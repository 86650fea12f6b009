using Kagome.Networks.Layers;
using Kagome.Testing;
using Kagome.Training.Optimization;
using Kagome.Training.Recipes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Optimization;

public sealed class WeightOptimizerTests : IDisposable
{
    private const double RoundingTolerance = 1e-6; // float32, a few steps
    private const int StepCount = 6;

    private static readonly OptimizerSettings Settings = new()
    {
        LearningRate = 0.1,
        WeightDecay = 0.01,
        ClipValue = 0.5,
        AverageDecay = 0.9,
    };

    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void Step_equals_plain_Adam_with_clipped_values()
    {
        Projection network = NewNetwork();
        Projection plain = NewNetwork();
        using WeightOptimizer optimizer = new([network], Settings, TestRuns.Workers);
        Adam adam = optim.Adam(plain.parameters(), Settings.LearningRate, weight_decay: Settings.WeightDecay);
        for (int step = 0; step < StepCount; step++)
        {
            double rate = 0.1 / (step + 1);
            Loss(network, step).backward();
            optimizer.Step(rate, step);

            adam.zero_grad();
            Loss(plain, step).backward();
            nn.utils.clip_grad_value_(plain.parameters(), Settings.ClipValue);
            adam.ParamGroups.Single().LearningRate = rate;
            adam.step();
        }

        AssertNear(Weights(plain), Weights(network));
    }

    [Fact]
    public void Step_gradient_that_is_not_finite_moves_nothing()
    {
        Projection network = NewNetwork();
        using WeightOptimizer optimizer = new([network], Settings, TestRuns.Workers);
        using Tensor before = Weights(network).clone();
        (Loss(network, 0) * double.PositiveInfinity).backward();
        Assert.False(optimizer.Step(0.1, 0));
        TensorAssert.AreIdentical(before, Weights(network), "weights");
    }

    [Fact]
    public void Step_two_copies_with_half_the_gradient_each_equal_one()
    {
        Projection whole = NewNetwork();
        Projection[] halves = [NewNetwork(), NewNetwork()];
        using WeightOptimizer one = new([whole], Settings, TestRuns.Workers);
        using WeightOptimizer two = new(halves, Settings, TestRuns.Workers);
        for (int step = 0; step < StepCount; step++)
        {
            Loss(whole, step).backward();
            one.Step(0.1, step);
            Array.ForEach(halves, half => (Loss(half, step) / 2).backward());
            two.Step(0.1, step);
        }

        AssertNear(Weights(whole), Weights(halves[0]));
        TensorAssert.AreIdentical(Weights(halves[0]), Weights(halves[1]), "copies");
    }

    [Fact]
    public void Step_bounds_the_length_of_the_whole_gradient()
    {
        Projection network = NewNetwork();
        using WeightOptimizer optimizer = new(
            [network],
            new OptimizerSettings { ClipValue = 0, ClipNorm = 2 },
            TestRuns.Workers
        );
        (Loss(network, 0) * 1e4).backward();
        Tensor gradient = cat([.. network.parameters().Select(weights => weights.grad!.flatten())]).clone();
        optimizer.Step(0.1, 0);
        // Adam's first moment after one step is a tenth of the gradient that it saw
        Tensor seen = optimizer.SaveState()["first_moment"] * 10;
        AssertNear(gradient * (2 / gradient.norm()), seen);
    }

    [Fact]
    public void Step_clears_the_gradients()
    {
        Projection network = NewNetwork();
        using WeightOptimizer optimizer = new([network], Settings, TestRuns.Workers);
        Loss(network, 0).backward();
        optimizer.Step(0.1, 0);
        Assert.All(network.parameters(), weights => Assert.Equal(0, weights.grad!.abs().max().ToDouble()));
    }

    [Fact]
    public void Average_follows_the_weights_fast_at_first_and_then_with_its_decay()
    {
        Projection network = NewNetwork();
        using WeightOptimizer optimizer = new([network], Settings with { AverageDecay = 0.3 }, TestRuns.Workers);
        Tensor average = Weights(network);
        double[] decays = [1.0 / 10, 2.0 / 11, 3.0 / 12, 0.3, 0.3, 0.3];
        for (int step = 0; step < StepCount; step++)
        {
            Loss(network, step).backward();
            optimizer.Step(0.1, step);
            average = (decays[step] * average) + ((1 - decays[step]) * Weights(network));
        }

        AssertNear(average, optimizer.SaveState()["average"]);
    }

    [Fact]
    public void Average_without_decay_is_the_weights()
    {
        Projection network = NewNetwork();
        using WeightOptimizer optimizer = new([network], Settings with { AverageDecay = 0 }, TestRuns.Workers);
        Loss(network, 0).backward();
        optimizer.Step(0.1, 0);
        TensorAssert.AreIdentical(Weights(network), optimizer.SaveState()["average"], "average");
    }

    [Fact]
    public void WithAverage_shows_the_average_and_puts_the_weights_back()
    {
        Projection network = NewNetwork();
        using WeightOptimizer optimizer = new([network], Settings, TestRuns.Workers);
        Loss(network, 0).backward();
        optimizer.Step(0.1, 0);
        Tensor before = Weights(network);
        Tensor shown = optimizer.WithAverage(() => Weights(network));
        TensorAssert.AreIdentical(optimizer.SaveState()["average"], shown, "average");
        Assert.Throws<TimeoutException>(() => optimizer.WithAverage<int>(() => throw new TimeoutException()));
        TensorAssert.AreIdentical(before, Weights(network), "weights");
        Assert.False(before.eq(shown).all().item<bool>());
    }

    [Fact]
    public void LoadState_of_another_network_names_the_tensor_and_its_shape()
    {
        using WeightOptimizer optimizer = new([NewNetwork()], Settings, TestRuns.Workers);
        Dictionary<string, Tensor> state = optimizer.SaveState().ToDictionary();
        state["average"] = zeros(3);
        Assert.Contains(
            "'average' is of shape [3]; expected shape [8]",
            Assert.Throws<ArgumentException>(() => optimizer.LoadState(state, 0)).Message,
            StringComparison.Ordinal
        );
        state.Remove("average");
        Assert.Contains(
            "'average' is missing",
            Assert.Throws<ArgumentException>(() => optimizer.LoadState(state, 0)).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => scope.Dispose();

    private static Projection NewNetwork()
    {
        using Generator generator = new(17);
        return new Projection(3, 2, hasBias: true, generator);
    }

    /// <summary>Another gradient in every step, with entries to both sides of the clipping bound.</summary>
    private static Tensor Loss(Projection network, int step)
    {
        using Generator generator = new((ulong)step);
        return (network.forward(randn([5, 3], generator: generator)) - 1).square().mean();
    }

    private static Tensor Weights(Projection network) =>
        nn.utils.parameters_to_vector(network.parameters()).detach().clone();

    private static void AssertNear(Tensor expected, Tensor actual) =>
        TensorAssert.AreNear(expected, actual, RoundingTolerance, "vector");
}
