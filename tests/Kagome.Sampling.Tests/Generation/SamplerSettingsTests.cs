using Kagome.Processes.Diffusion;
using Kagome.Processes.Schedules;
using Kagome.Sampling.Generation;

namespace Kagome.Sampling.Tests.Generation;

public sealed class SamplerSettingsTests
{
    [Fact]
    public void CreateSampler_walks_as_the_settings_say()
    {
        SamplerSettings settings = new()
        {
            Steps = 12,
            CorrectorInterval = 3,
            CorrectorStepSize = 5e-7,
            LatticeUpdate = LatticeUpdate.Deterministic,
            Temperature = 0.5,
        };
        PredictorCorrector sampler = settings.CreateSampler(
            NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = 20 })
        );
        Assert.Equal(12, sampler.MoveCount);
        Assert.Equal(3, sampler.CorrectorInterval);
        Assert.Equal(5e-7, sampler.CorrectorStepSize);
        Assert.Equal(LatticeUpdate.Deterministic, sampler.LatticeUpdate);
        Assert.Equal(0.5, sampler.Temperature);
    }
}
