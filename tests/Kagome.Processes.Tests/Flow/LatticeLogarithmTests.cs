using Kagome.Processes.Flow;
using Kagome.Processes.Noise;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Flow;

public sealed class LatticeLogarithmTests
{
    private const double Rounding = 1e-10;

    [Fact]
    public void Exponential_of_a_logarithm_has_the_lattices_metric()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor lattices = Lattices();
        Tensor again = LatticeLogarithm.Exponential(LatticeLogarithm.Of(lattices));
        Assert.True(Numbers.LargestDifference(Metric(lattices), Metric(again)) <= Rounding);
        Assert.True(Numbers.LargestDifference(again, again.transpose(1, 2)) <= Rounding);
        Assert.True(
            Numbers.LargestDifference(Metric(lattices), LatticeLogarithm.Metric(LatticeLogarithm.Of(lattices)))
                <= Rounding
        );
    }

    [Fact]
    public void Of_a_turned_lattice_is_the_same()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor lattices = Lattices();
        (Tensor turns, Tensor _) = linalg.qr(Lattices());
        Assert.True(
            Numbers.LargestDifference(LatticeLogarithm.Of(lattices), LatticeLogarithm.Of(lattices.matmul(turns)))
                <= Rounding
        );
    }

    [Fact]
    public void Of_a_lattice_with_its_axes_in_another_order_has_rows_and_columns_in_that_order()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor lattices = Lattices();
        Tensor order = tensor(new long[] { 2, 0, 1 });
        Tensor expected = LatticeLogarithm.Of(lattices).index_select(1, order).index_select(2, order);
        Assert.True(
            Numbers.LargestDifference(expected, LatticeLogarithm.Of(lattices.index_select(1, order))) <= Rounding
        );
    }

    [Fact]
    public void Of_has_the_logarithm_of_the_volume_as_its_trace()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor lattices = Lattices();
        Tensor traces = LatticeLogarithm.Of(lattices).diagonal(0, 1, 2).sum(1);
        Assert.True(Numbers.LargestDifference(linalg.det(lattices).abs().log(), traces) <= Rounding);
    }

    /// <summary>The slow twin: the power series of the exponential.</summary>
    [Fact]
    public void Exponential_is_the_sum_of_its_series()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logarithms = LatticeLogarithm.Of(Lattices());
        Tensor term = eye(3, dtype: ScalarType.Float64).expand(8, 3, 3);
        Tensor sum = term;
        for (int power = 1; power < 60; power++)
        {
            term = term.matmul(logarithms) / power;
            sum += term;
        }

        Assert.True(Numbers.LargestDifference(sum, LatticeLogarithm.Exponential(logarithms)) <= Rounding);
    }

    [Fact]
    public void Of_a_flat_lattice_is_finite()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = zeros(1, 3, 3, dtype: ScalarType.Float64);
        flat[0, 0, 0] = 4;
        Assert.All(Numbers.Of(LatticeLogarithm.Of(flat)), value => Assert.True(double.IsFinite(value)));
    }

    private static Tensor Lattices()
    {
        using SeededNoise noise = new(3, ScalarType.Float64);
        return (2 * noise.Normal(8, 3, 3)) + (4 * eye(3, dtype: ScalarType.Float64));
    }

    private static Tensor Metric(Tensor lattices) => lattices.matmul(lattices.transpose(1, 2));
}
