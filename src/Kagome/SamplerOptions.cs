using Kagome.Networks.Layers;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Flow;
using Kagome.Processes.Sampling;
using Kagome.Processes.Schedules;

namespace Kagome;

/// <summary>How structures are sampled: all that changes what comes out, except for model and seed.</summary>
public sealed record SamplerOptions
{
    private const double SmallestTemperature = 0.001; // noise beyond these is none, or drowns what the network says
    private const double LargestTemperature = 10;

    /// <summary>Moves from noise to structure; from 1 to the noise levels of the model. Default null, for what suits the model: 250 of diffusion (the paper takes 1,000), 50 of a flow (docs/sampling.md).</summary>
    public int? Steps { get; init; }

    /// <summary>Corrections are made before every so many-th step; 0 for none. Default 1, before each. Models of a flow, which has none, pass it over.</summary>
    public int CorrectorInterval { get; init; } = 1;

    /// <summary>How far corrections go (g₀ in the paper); above 0. Default: the paper's for MP-20; it takes 5e-7 for Perov-5 and 5e-6 for Carbon-24. Passed over as <see cref="CorrectorInterval"/> is.</summary>
    public double CorrectorStepSize { get; init; } = 1e-5;

    /// <summary>How lattices move. Default: with new noise in every step, as the paper does.</summary>
    public LatticeUpdate LatticeUpdate { get; init; } = LatticeUpdate.Ancestral;

    /// <summary>
    /// What the variance of the noise is multiplied by; from 0.001 to 10. Below 1, samples are likelier and less varied. Default null, for what finds most among
    /// some twenty samples: 0.5 of diffusion, 0.1 of a flow (docs/sampling.md). An evaluation of a generator alone takes 1, to measure what it has learned.
    /// </summary>
    /// <remarks>A flow has no noise in its coordinates: below 1 their velocity is annealed, by 1 + (1 / temperature - 1) (1 - s) at the share s of the noise.</remarks>
    public double? Temperature { get; init; }

    /// <summary>Whether each step of a flow looks ahead and takes the mean of two velocities (Heun), which asks the network twice. Default no. Models of diffusion pass it over.</summary>
    public bool SecondOrder { get; init; }

    /// <summary>The numbers in which the network's large products are made. Default: bfloat16 where the device has it.</summary>
    public ProductPrecision Precision { get; init; } = ProductPrecision.Auto;

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Steps is { } steps)
        {
            OptionException.RequirePositive(nameof(Steps), steps);
        }

        if (CorrectorInterval < 0)
        {
            throw new OptionException(nameof(CorrectorInterval), CorrectorInterval, "a whole number from 0");
        }

        OptionException.RequirePositive(nameof(CorrectorStepSize), CorrectorStepSize, "1e-5");
        if (Temperature is { } temperature)
        {
            OptionException.RequireBetween(nameof(Temperature), temperature, SmallestTemperature, LargestTemperature);
        }

        OptionException.RequireNamed(nameof(LatticeUpdate), LatticeUpdate);
        OptionException.RequireNamed(nameof(Precision), Precision);
    }

    /// <summary>The same with all that was left to the model filled in.</summary>
    internal SamplerOptions For(ProcessConfiguration process) =>
        this with
        {
            Steps = Steps ?? Math.Min(process.StepCount, process is FlowConfiguration ? 50 : 250),
            Temperature = Temperature ?? (process is FlowConfiguration ? 0.1 : 0.5),
        };

    /// <exception cref="ArgumentOutOfRangeException">While sampling: more steps than the model has noise levels.</exception>
    internal ISampler CreateSampler(ProcessConfiguration process, NoiseSchedules? schedules)
    {
        SamplerOptions used = For(process);
        (int steps, double temperature) = (used.Steps!.Value, used.Temperature!.Value);
        return process is FlowConfiguration flow
            ? new FlowSampler(new FlowProcess(flow))
            {
                MoveCount = steps,
                Annealing = Math.Max(0, (1 / temperature) - 1),
                Temperature = temperature,
                LatticeUpdate = LatticeUpdate,
                IsSecondOrder = SecondOrder,
            }
            : new PredictorCorrector(new DiffusionProcess(schedules!))
            {
                MoveCount = steps,
                CorrectorInterval = CorrectorInterval,
                CorrectorStepSize = CorrectorStepSize,
                LatticeUpdate = LatticeUpdate,
                Temperature = temperature,
            };
    }
}
