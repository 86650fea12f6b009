using Kagome.Networks;
using Kagome.Processes;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Tests.Energies;

public sealed class EnergyGradientsTests : IDisposable
{
    private const double StepSize = 1e-5; // central differences: their error is of its square
    private const double DifferenceTolerance = 1e-6; // of the largest entry
    private const int AtomCount = 3;
    private const int CrystalCount = 2;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration);
    private readonly ProcessState state;
    private readonly Tensor atomicNumbers;
    private readonly Tensor times = tensor(new long[] { 0, 7 });

    public EnergyGradientsTests()
    {
        using Generator generator = new(3);
        atomicNumbers = randint(1, 90, [CrystalCount, AtomCount], ScalarType.Int64, generator: generator);
        state = new ProcessState(
            rand([CrystalCount, AtomCount, 3], ScalarType.Float64, generator: generator),
            (3 * eye(3, dtype: ScalarType.Float64))
                + rand([CrystalCount, 3, 3], ScalarType.Float64, generator: generator)
        );
    }

    [Fact]
    public void At_equals_central_differences_of_the_energies()
    {
        ProcessState gradients = OneSizeGradients.At(network, atomicNumbers, state, times);
        Tensor byCoordinates = Differences(
            state.Coordinates,
            coordinates => Energy(state with { Coordinates = coordinates })
        );
        Tensor byLattices = Differences(state.Lattices, lattices => Energy(state with { Lattices = lattices }));
        AssertNear(byCoordinates, gradients.Coordinates, "gradient by coordinates");
        AssertNear(byLattices, gradients.Lattices, "gradient by lattices");
    }

    [Fact]
    public void At_inside_no_grad_still_gives_gradients_and_leaves_the_state_alone()
    {
        using IDisposable noGradient = no_grad();
        ProcessState gradients = OneSizeGradients.At(network, atomicNumbers, state, times);
        Assert.True(gradients.Coordinates.abs().max().item<double>() > 0);
        Assert.False(state.Coordinates.requires_grad);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void At_leaves_no_gradients_in_the_weights()
    {
        OneSizeGradients.At(network, atomicNumbers, state, times);
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void At_network_without_energy_head_is_refused()
    {
        using Crysformer generator = RandomNetwork.Create(
            RandomNetwork.SmallConfiguration with
            {
                HasEnergyHead = false,
            }
        );
        ArgumentException exception = Assert.Throws<ArgumentException>(() =>
            OneSizeGradients.At(generator, atomicNumbers, state, times)
        );
        Assert.Contains("no energy head", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_leaves_no_tensors_but_the_gradients() =>
        NoTensorLeaks.During(() =>
        {
            ProcessState gradients = OneSizeGradients.At(network, atomicNumbers, state, times);
            gradients.Coordinates.Dispose();
            gradients.Lattices.Dispose();
        });

    public void Dispose()
    {
        network.Dispose();
        scope.Dispose();
    }

    private double Energy(ProcessState at)
    {
        using IDisposable noGradient = no_grad();
        return network.Evaluate(atomicNumbers, at.Coordinates, at.Lattices, times).Energies!.sum().item<double>();
    }

    private static Tensor Differences(Tensor point, Func<Tensor, double> function)
    {
        Tensor differences = zeros_like(point);
        for (long entry = 0; entry < point.numel(); entry++)
        {
            double At(double step)
            {
                Tensor moved = point.clone();
                moved.view(-1)[entry] += step;
                return function(moved);
            }

            differences.view(-1)[entry] = (At(StepSize) - At(-StepSize)) / (2 * StepSize);
        }

        return differences;
    }

    /// <summary>Relative to the largest entry, however small.</summary>
    private static void AssertNear(Tensor expected, Tensor actual, string name)
    {
        Tensor scale = expected.abs().max();
        TensorAssert.AreNear(expected / scale, actual / scale, DifferenceTolerance, name);
    }
}
