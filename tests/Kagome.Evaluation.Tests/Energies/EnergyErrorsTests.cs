using Kagome.Evaluation.Energies;

namespace Kagome.Evaluation.Tests.Energies;

public sealed class EnergyErrorsTests
{
    private const double Rounding = 1e-12;

    [Fact]
    public void Of_three_crystals_is_as_worked_out_by_hand()
    {
        EnergyErrors errors = EnergyErrors.Of([0.1, 0.4, -0.2], [0, 0.2, 0]);
        Assert.Equal(3, errors.Count);
        Assert.Equal(0.5 / 3, errors.MeanAbsoluteError, Rounding);
        Assert.Equal(Math.Sqrt(0.03), errors.RootMeanSquareError, Rounding);
    }

    [Fact]
    public void Of_nothing_is_refused() => Assert.Throws<ArgumentException>(() => EnergyErrors.Of([], []));

    [Fact]
    public void Of_lists_of_different_lengths_is_refused() =>
        Assert.Throws<ArgumentException>(() => EnergyErrors.Of([1], [1, 2]));
}
