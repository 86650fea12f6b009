using Kagome.Processes.Schedules;

namespace Kagome.Processes.Tests.Schedules;

public sealed class NoiseSchedulesTests
{
    /// <summary>The reference values are printed with five or six digits.</summary>
    private const double PrintedDigits = 4e-5;

    private const double Rounding = 1e-12;

    private static readonly NoiseSchedules Paper = NoiseSchedules.Compute(new DiffusionConfiguration());

    /// <summary>Reference: the formulas of the paper's appendix, by another program in double precision.</summary>
    [Theory]
    [InlineData(1, 1.0e-4, 0.9999, 0, 0.005, 40000)]
    [InlineData(2, 1.0e-4, 0.9998, 0.00707124, 0.0050231, 39632.9)]
    [InlineData(10, 1.0e-4, 0.999, 0.00948707, 0.0052118, 36814.9)]
    [InlineData(100, 0.000526905, 0.971719, 0.0227456, 0.00789166, 16057)]
    [InlineData(250, 0.0013215, 0.846687, 0.0362193, 0.0157568, 4027.75)]
    [InlineData(500, 0.00314589, 0.493654, 0.0560019, 0.0498849, 401.848)]
    [InlineData(750, 0.00754571, 0.144217, 0.0868104, 0.157932, 38.1784)]
    [InlineData(900, 0.0195442, 0.0240825, 0.139766, 0.315333, 1.58808)]
    [InlineData(999, 0.749999, 2.42783e-6, 0.866022, 0.4977, 0.00447132)]
    [InlineData(1000, 0.9999, 2.42783e-10, 0.999949, 0.5, 0.00408411)]
    public void Compute_with_the_defaults_equals_the_reference(
        int time,
        double beta,
        double product,
        double latticeSigma,
        double coordinateSigma,
        double norm
    )
    {
        AssertPrinted(beta, Paper.LatticeBetas[time]);
        AssertPrinted(product, Paper.LatticeAlphaProducts[time]);
        AssertPrinted(latticeSigma, Paper.LatticeSigmas[time]);
        AssertPrinted(coordinateSigma, Paper.CoordinateSigmas[time]);
        AssertPrinted(norm, Paper.CoordinateScoreNorms[time]);
    }

    [Fact]
    public void Compute_makes_entry_zero_clean_data()
    {
        Assert.Equal(0, Paper.LatticeBetas[0]);
        Assert.Equal(1, Paper.LatticeAlphas[0]);
        Assert.Equal(1, Paper.LatticeAlphaProducts[0]);
        Assert.Equal(0, Paper.LatticeSigmas[0]);
        Assert.Equal(0, Paper.CoordinateSigmas[0]);
        Assert.Equal(1, Paper.CoordinateScoreNorms[0]);
    }

    [Fact]
    public void Compute_gives_all_arrays_an_entry_per_level_and_one_for_clean_data() =>
        Assert.All(
            new[]
            {
                Paper.LatticeBetas,
                Paper.LatticeAlphas,
                Paper.LatticeAlphaProducts,
                Paper.LatticeSigmas,
                Paper.CoordinateSigmas,
                Paper.CoordinateScoreNorms,
            },
            schedule => Assert.Equal(Paper.StepCount + 1, schedule.Count)
        );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public void Compute_other_step_counts_add_noise_with_every_step(int stepCount)
    {
        NoiseSchedules schedules = NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = stepCount });
        for (int time = 1; time <= stepCount; time++)
        {
            Assert.True(schedules.LatticeAlphaProducts[time] < schedules.LatticeAlphaProducts[time - 1]);
            Assert.True(schedules.CoordinateSigmas[time] > schedules.CoordinateSigmas[time - 1]);
        }

        Assert.Equal(0.5, schedules.CoordinateSigmas[stepCount], Rounding);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Compute_without_steps_throws_naming_the_count(int stepCount)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = stepCount })
        );
        Assert.Contains($"is {stepCount};", error.Message, StringComparison.Ordinal);
    }

    private static void AssertPrinted(double expected, double actual) =>
        Assert.Equal(expected, actual, (PrintedDigits * Math.Abs(expected)) + (Rounding / 1000));
}
