using Kagome.Processes.Diffusion;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;

namespace Kagome.Tests;

public sealed class SamplerOptionsTests
{
    [Fact]
    public void CreateSampler_walks_as_the_options_say()
    {
        SamplerOptions options = new()
        {
            Steps = 12,
            CorrectorInterval = 3,
            CorrectorStepSize = 5e-7,
            LatticeUpdate = LatticeUpdate.Deterministic,
            Temperature = 0.5,
        };
        DiffusionConfiguration process = new() { StepCount = 20 };
        PredictorCorrector sampler = Assert.IsType<PredictorCorrector>(
            options.CreateSampler(process, NoiseSchedules.Compute(process))
        );
        Assert.Equal(12, sampler.MoveCount);
        Assert.Equal(3, sampler.CorrectorInterval);
        Assert.Equal(5e-7, sampler.CorrectorStepSize);
        Assert.Equal(LatticeUpdate.Deterministic, sampler.LatticeUpdate);
        Assert.Equal(0.5, sampler.Temperature);
    }

    [Fact]
    public void For_fills_in_what_suits_the_process_and_keeps_what_is_given()
    {
        SamplerOptions nothing = new();
        SamplerOptions given = new() { Steps = 3, Temperature = 2 };
        Assert.Equal(nothing with { Steps = 250, Temperature = 0.5 }, nothing.For(new DiffusionConfiguration()));
        Assert.Equal(nothing with { Steps = 50, Temperature = 0.1 }, nothing.For(new FlowConfiguration()));
        Assert.Equal(20, nothing.For(new DiffusionConfiguration { StepCount = 20 }).Steps);
        Assert.Equal(20, nothing.For(new FlowConfiguration { StepCount = 20 }).Steps);
        Assert.Equal(given, given.For(new DiffusionConfiguration()));
        Assert.Equal(given, given.For(new FlowConfiguration()));
    }

    [Theory]
    [InlineData(0.2, 4)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    public void CreateSampler_for_a_flow_anneals_what_has_no_noise(double temperature, double annealing)
    {
        SamplerOptions options = new()
        {
            Steps = 12,
            LatticeUpdate = LatticeUpdate.Deterministic,
            Temperature = temperature,
            SecondOrder = true,
        };
        FlowSampler sampler = Assert.IsType<FlowSampler>(
            options.CreateSampler(new FlowConfiguration { StepCount = 20 }, schedules: null)
        );
        Assert.Equal(12, sampler.MoveCount);
        Assert.Equal(LatticeUpdate.Deterministic, sampler.LatticeUpdate);
        Assert.Equal(temperature, sampler.Temperature);
        Assert.Equal(annealing, sampler.Annealing, 1e-12);
        Assert.True(sampler.IsSecondOrder);
        Assert.Equal(20, sampler.Process.StepCount);
    }
}
