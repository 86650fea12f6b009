using Kagome.Training.Optimization;
using Kagome.Training.Recipes;

namespace Kagome.Training.Tests.Optimization;

public sealed class LearningRateScheduleTests
{
    private const double RoundingTolerance = 1e-12;
    private const int StepCount = 110;

    private static readonly OptimizerSettings Settings = new()
    {
        LearningRate = 1,
        FinalLearningRate = 0.2,
        WarmUpSteps = 10,
    };

    [Theory]
    [InlineData(0, 0.001 + (0.999 / 10))]
    [InlineData(4, 0.001 + (0.999 / 2))]
    [InlineData(10, 1)]
    [InlineData(35, 0.6 + (0.4 * 0.7071067811865476))] // cos π/4
    [InlineData(60, 0.6)] // half way: between both rates
    [InlineData(110, 0.2)]
    public void At_a_step_is_as_worked_out_by_hand(int step, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.At(step, StepCount, Settings), RoundingTolerance);

    [Fact]
    public void At_warm_up_rises_to_its_largest_rate_and_never_above()
    {
        double[] rates =
        [
            .. Enumerable.Range(0, StepCount).Select(step => LearningRateSchedule.At(step, StepCount, Settings)),
        ];
        Assert.Equal(rates[..11].Order(), rates[..11]);
        Assert.Equal(rates[10..].OrderDescending(), rates[10..]);
        Assert.All(rates, rate => Assert.InRange(rate, 0, 1 + RoundingTolerance));
    }

    [Fact]
    public void At_without_warm_up_starts_at_the_largest_rate() =>
        Assert.Equal(1, LearningRateSchedule.At(0, StepCount, Settings with { WarmUpSteps = 0 }), RoundingTolerance);

    [Fact]
    public void At_run_shorter_than_its_warm_up_only_rises() =>
        Assert.Equal(
            [0.001 + (0.999 / 2), 1],
            [LearningRateSchedule.At(0, 2, Settings), LearningRateSchedule.At(1, 2, Settings)]
        );
}
