using Kagome.Processes.Diffusion;
using Kagome.Processes.Schedules;

namespace Kagome.Processes.Tests.Diffusion;

public sealed class DiffusionStepTests
{
    private const double Rounding = 1e-12;

    private static readonly NoiseSchedules Paper = NoiseSchedules.Compute(new DiffusionConfiguration());

    [Fact]
    public void Walk_through_all_levels_uses_the_schedules_own_values()
    {
        IReadOnlyList<DiffusionStep> walk = DiffusionStep.Walk(Paper, Paper.StepCount);
        Assert.Equal(Enumerable.Range(1, Paper.StepCount).Reverse(), walk.Select(step => step.Time));
        Assert.All(
            walk,
            step =>
            {
                int time = step.Time;
                double sigma = Paper.CoordinateSigmas[time];
                double next = Paper.CoordinateSigmas[time - 1];
                double variance = (sigma * sigma) - (next * next);
                Assert.Equal(Paper.LatticeAlphas[time], step.LatticeAlpha);
                Assert.Equal(Paper.LatticeSigmas[time], step.LatticeSpread);
                Assert.Equal(sigma, step.CoordinateSigma);
                Assert.Equal(Paper.CoordinateScoreNorms[time], step.ScoreScale * step.ScoreScale, 1e-10 * 40000);
                Assert.Equal(variance, step.CoordinateVariance, Rounding);
                Assert.Equal(next * next * variance / (sigma * sigma), Math.Pow(step.CoordinateSpread, 2), Rounding);
                Assert.Equal(
                    Paper.LatticeBetas[time] / Math.Sqrt(1 - Paper.LatticeAlphaProducts[time]),
                    step.LatticeNoiseShare,
                    Rounding
                );
            }
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(999)]
    public void Walk_with_strides_removes_all_noise_once(int moveCount)
    {
        IReadOnlyList<DiffusionStep> walk = DiffusionStep.Walk(Paper, moveCount);
        int start = Paper.StepCount - 1;
        Assert.Equal(moveCount, walk.Count);
        Assert.Equal(start, walk[0].Time);
        Assert.Equal(Math.Pow(Paper.CoordinateSigmas[start], 2), walk.Sum(step => step.CoordinateVariance), Rounding);
        Assert.Equal(
            Paper.LatticeAlphaProducts[start],
            walk.Aggregate(1.0, (product, step) => product * step.LatticeAlpha),
            Rounding * Paper.LatticeAlphaProducts[start] * moveCount
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(999)]
    public void Walk_with_strides_falls_strictly_and_ends_without_spread(int moveCount)
    {
        IReadOnlyList<DiffusionStep> walk = DiffusionStep.Walk(Paper, moveCount);
        Assert.All(walk.Zip(walk.Skip(1)), pair => Assert.True(pair.First.Time > pair.Second.Time));
        Assert.Equal(0, walk[^1].CoordinateSpread);
        Assert.Equal(0, walk[^1].LatticeSpread);
    }

    /// <summary>L_t = √ᾱ_t L_0 + √(1 - ᾱ_t) ε becomes √ᾱ_s L_0 + √(1 - ᾱ_s) ε for the same L_0 and ε.</summary>
    [Theory]
    [InlineData(999, 950)]
    [InlineData(500, 499)]
    [InlineData(100, 0)]
    public void Between_deterministic_keeps_crystal_and_noise(int from, int to)
    {
        const double Crystal = 4.2;
        const double Noise = -0.7;
        double At(int time) =>
            (Math.Sqrt(Paper.LatticeAlphaProducts[time]) * Crystal)
            + (Math.Sqrt(1 - Paper.LatticeAlphaProducts[time]) * Noise);
        DiffusionStep step = DiffusionStep.Between(Paper, from, to, LatticeUpdate.Deterministic);
        Assert.Equal(At(to), (At(from) - (step.LatticeNoiseShare * Noise)) / Math.Sqrt(step.LatticeAlpha), 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void Walk_impossible_count_throws_naming_it(int moveCount)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            DiffusionStep.Walk(Paper, moveCount)
        );
        Assert.Contains($"is {moveCount}; expected 1 to 1000", error.Message, StringComparison.Ordinal);
    }
}
