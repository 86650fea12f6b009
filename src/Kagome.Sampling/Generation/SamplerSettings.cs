using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Schedules;

namespace Kagome.Sampling.Generation;

/// <summary>How structures are sampled: all that changes what comes out, but for model and seed.</summary>
public sealed record SamplerSettings
{
    /// <summary>Moves from noise to structure; at most the noise levels of the model. Default 250, by docs/sampling.md; the paper takes 1,000.</summary>
    public int Steps { get; init; } = 250;

    /// <summary>Corrections are made before every so many-th step; 0 for none. Default 1, before each.</summary>
    public int CorrectorInterval { get; init; } = 1;

    /// <summary>g₀, how far corrections go. Default: the paper's for MP-20; it takes 5e-7 for Perov-5 and 5e-6 for Carbon-24.</summary>
    public double CorrectorStepSize { get; init; } = 1e-5;

    /// <summary>How lattices move. Default: with new noise in every step, as the paper does.</summary>
    public LatticeUpdate LatticeUpdate { get; init; } = LatticeUpdate.Ancestral;

    /// <summary>What the variance of the noise is multiplied by. Default 1; below, samples are likelier and less varied.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Of the network's large products. Default: bfloat16 where the device has it.</summary>
    public ProductPrecision Precision { get; init; } = ProductPrecision.Auto;

    /// <exception cref="ArgumentOutOfRangeException">While sampling: more steps than the model has noise levels.</exception>
    public PredictorCorrector CreateSampler(NoiseSchedules schedules) =>
        new(new DiffusionProcess(schedules))
        {
            MoveCount = Steps,
            CorrectorInterval = CorrectorInterval,
            CorrectorStepSize = CorrectorStepSize,
            LatticeUpdate = LatticeUpdate,
            Temperature = Temperature,
        };
}
