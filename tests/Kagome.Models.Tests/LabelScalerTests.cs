namespace Kagome.Models.Tests;

public sealed class LabelScalerTests
{
    private const double Rounding = 1e-12;

    [Fact]
    public void Of_labels_is_their_mean_and_population_deviation_and_a_little()
    {
        LabelScaler scaler = LabelScaler.Of([1, 3, 3, 5], "energy above hull", "eV/atom");
        Assert.Equal(3, scaler.Mean, Rounding);
        Assert.Equal(Math.Sqrt(2) + 1e-5, scaler.StandardDeviation, Rounding);
        Assert.Equal("energy above hull", scaler.LabelName);
        Assert.Equal("eV/atom", scaler.Unit);
    }

    [Fact]
    public void Of_equal_labels_still_scales()
    {
        LabelScaler scaler = LabelScaler.Of([0.5, 0.5], "gap", "eV");
        Assert.True(scaler.IsValid);
        Assert.Equal(0, scaler.Standardise(0.5), Rounding);
    }

    [Fact]
    public void Of_no_label_is_refused_by_its_name() =>
        Assert.Contains(
            "no label 'gap'",
            Assert.Throws<ArgumentException>(() => LabelScaler.Of([], "gap", "eV")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Restore_undoes_Standardise()
    {
        LabelScaler scaler = LabelScaler.Of([0, 0.02, 0.7], "energy above hull", "eV/atom");
        Assert.Equal(0.31, scaler.Restore(scaler.Standardise(0.31)), Rounding);
    }
}
