using Kagome.Processes.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Losses;

public sealed class EnergyLossTests
{
    private const double Rounding = 1e-15;

    [Fact]
    public void Exponential_of_two_energies_worked_out_by_hand()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = EnergyLoss.Exponential(tensor(new[] { 0, Math.Log(2) }), tensor(new[] { 0.0, 0 }));
        Assert.Equal(0.125, loss.item<double>(), Rounding); // (0² + (1/2 - 1)²) / 2
    }

    [Fact]
    public void Plain_of_two_energies_worked_out_by_hand()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = EnergyLoss.Plain(tensor(new[] { 1.0, -2 }), tensor(new[] { 0.0, 1 }));
        Assert.Equal(5, loss.item<double>(), Rounding); // (1² + 3²) / 2
    }

    [Fact]
    public void Exponential_minds_low_energies_more_than_high_ones()
    {
        using DisposeScope scope = NewDisposeScope();
        double Of(double predicted, double label) =>
            EnergyLoss.Exponential(tensor(new[] { predicted }), tensor(new[] { label })).item<double>();
        Assert.True(Of(-1, -1.5) > Of(1.5, 1));
    }
}
