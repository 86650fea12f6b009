using Kagome.Processes.Diffusion;
using Kagome.Processes.Schedules;

namespace Kagome.Sampling.Generation;

/// <summary>How structures are sampled: all that changes what comes out, but for model and seed.</summary>
public sealed record SamplerSettings
{
    /// <summary>Moves from noise to structure; at most the noise levels of the model. Default 1,000, those of the paper.</summary>
    public int Steps { get; init; } = 1000;

    /// <exception cref="ArgumentOutOfRangeException">While sampling: more steps than the model has noise levels.</exception>
    public PredictorCorrector CreateSampler(NoiseSchedules schedules) =>
        new(new DiffusionProcess(schedules)) { MoveCount = Steps };
}
