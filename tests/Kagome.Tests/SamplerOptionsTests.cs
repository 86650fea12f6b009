using Kagome.Processes.Diffusion;
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
        PredictorCorrector sampler = options.CreateSampler(
            NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = 20 })
        );
        Assert.Equal(12, sampler.MoveCount);
        Assert.Equal(3, sampler.CorrectorInterval);
        Assert.Equal(5e-7, sampler.CorrectorStepSize);
        Assert.Equal(LatticeUpdate.Deterministic, sampler.LatticeUpdate);
        Assert.Equal(0.5, sampler.Temperature);
    }
}
