using Kagome.Processes.Invariants;
using Kagome.Processes.Noise;
using Kagome.Processes.Sampling;
using Kagome.Processes.Wrapping;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Diffusion;

/// <summary>Walks from noise to data: at each level a Langevin correction of the coordinates, then a step down.</summary>
/// <param name="Process">That the denoiser was trained with.</param>
/// <remarks>Source: DAO's released sampler, after DiffCSP (Algorithm 2). No noise is added in the last step.</remarks>
public sealed record PredictorCorrector(DiffusionProcess Process) : ISampler
{
    /// <summary>g₀: the corrector's step size at σ = <see cref="ReferenceSigma"/>.</summary>
    public double CorrectorStepSize { get; init; } = 1e-5;

    /// <summary>The σ that <see cref="CorrectorStepSize"/> refers to: the smallest of the paper's schedule.</summary>
    public double ReferenceSigma { get; init; } = 0.005;

    /// <inheritdoc/>
    public int MoveCount { get; init; } = Process.StepCount;

    /// <summary>Corrections are made before every so many-th move down, the first included; 0 for none. Default 1: before each, as the paper does.</summary>
    public int CorrectorInterval { get; init; } = 1;

    /// <summary>How lattices move down.</summary>
    public LatticeUpdate LatticeUpdate { get; init; } = LatticeUpdate.Ancestral;

    /// <summary>Multiplies the variance of all noise but the start's. 1 samples what was learned; below, what is likely is made likelier, and less varied.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>What pulls the walk to low energy; null for nothing.</summary>
    public EnergyGuidance? Guidance { get; init; }

    /// <summary>Where members have to stay; null where all are free. It has the batch's members, type and device.</summary>
    public StateInvariants? Invariants { get; init; }

    /// <summary>The same walk, pulled to low energy.</summary>
    public PredictorCorrector GuidedBy(EnergyGuidance? guidance) => this with { Guidance = guidance };

    /// <inheritdoc/>
    public ISampler KeptIn(StateInvariants? invariants) => this with { Invariants = invariants };

    /// <summary>Samples a batch.</summary>
    /// <param name="denoiser">The trained model.</param>
    /// <param name="batch">How many members.</param>
    /// <param name="points">Points of each.</param>
    /// <param name="noise">Draws: first lattices, then coordinates, then per step corrector, coordinates and lattices, each where there is one.</param>
    /// <param name="observe">Told of the state after each move; the tensors are the walk's own and are gone after the call.</param>
    /// <param name="cancellation">Stops between moves.</param>
    /// <returns>Coordinates in [0, 1) and lattices, outside any gradient.</returns>
    public ProcessState Sample(
        Denoiser denoiser,
        long batch,
        long points,
        INoiseSource noise,
        Action<int, ProcessState>? observe = null,
        CancellationToken cancellation = default
    ) => Sample(denoiser, batch, [batch, points, 3], members: null, noise, observe, cancellation);

    /// <inheritdoc/>
    public ProcessState Sample(
        Denoiser denoiser,
        long batch,
        long[] coordinateShape,
        Tensor? members,
        INoiseSource noise,
        Action<int, ProcessState>? observe = null,
        CancellationToken cancellation = default
    )
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ProcessState state = new(Lattices: noise.Normal(batch, 3, 3), Coordinates: noise.Uniform(coordinateShape));
        if (Invariants is not null)
        {
            state = Invariants.Constrain(state);
            state = state with { Coordinates = Torus.Wrap(state.Coordinates) };
        }

        int move = 0;
        foreach (DiffusionStep step in DiffusionStep.Walk(Process.Schedules, MoveCount, LatticeUpdate))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope moveScope = NewDisposeScope();
            bool isCorrected = CorrectorInterval > 0 && move % CorrectorInterval == 0;
            bool isLast = ++move == MoveCount;
            ProcessState corrected = isCorrected ? Correct(denoiser, state, step, noise, isLast) : state;
            ProcessState next = Predict(denoiser, corrected, step, noise, isLast);
            observe?.Invoke(move, next);
            state.Coordinates.Dispose();
            state.Lattices.Dispose();
            state = Keep(next);
        }

        return Keep(state);
    }

    /// <summary>F' = F - γ s + √(2γ) z, with γ = g₀ (σ_t / σ_ref)².</summary>
    private ProcessState Correct(
        Denoiser denoiser,
        ProcessState state,
        DiffusionStep step,
        INoiseSource noise,
        bool isLast
    )
    {
        double size = CorrectorStepSize * Math.Pow(step.CoordinateSigma / ReferenceSigma, 2);
        Tensor scores = denoiser(state, Times(state, step.Time)).Coordinates * step.ScoreScale;
        Tensor moved = state.Coordinates - (size * scores);
        if (!isLast)
        {
            moved += Math.Sqrt(2 * size * Temperature) * noise.Normal(state.Coordinates.shape);
        }

        return Constrain(state, state with { Coordinates = moved });
    }

    /// <summary>One step of the reverse process, for coordinates and lattices.</summary>
    private ProcessState Predict(
        Denoiser denoiser,
        ProcessState state,
        DiffusionStep step,
        INoiseSource noise,
        bool isLast
    )
    {
        Tensor times = Times(state, step.Time);
        DenoiserOutput output = denoiser(state, times);
        Tensor coordinates = state.Coordinates - (step.CoordinateVariance * step.ScoreScale * output.Coordinates);
        Tensor lattices = (state.Lattices - (step.LatticeNoiseShare * output.Lattices)) / Math.Sqrt(step.LatticeAlpha);
        if (!isLast)
        {
            coordinates += Math.Sqrt(Temperature) * step.CoordinateSpread * noise.Normal(coordinates.shape);
        }

        if (!isLast && LatticeUpdate == LatticeUpdate.Ancestral)
        {
            lattices += Math.Sqrt(Temperature) * step.LatticeSpread * noise.Normal(lattices.shape);
        }

        if (Guidance is not null)
        {
            ProcessState gradients = Guidance.Gradients(state, times);
            coordinates -= Guidance.CoordinateWeight * Math.Pow(step.CoordinateSpread, 2) * gradients.Coordinates;
            lattices -= Guidance.LatticeWeight * Math.Pow(step.LatticeSpread, 2) * gradients.Lattices;
        }

        ProcessState next = Constrain(state, new ProcessState(coordinates, lattices));
        return next with { Coordinates = Torus.Wrap(next.Coordinates) };
    }

    private ProcessState Constrain(ProcessState from, ProcessState to) => Invariants?.Constrain(from, to) ?? to;

    private static Tensor Times(ProcessState state, int time) =>
        full([state.Lattices.shape[0]], time, dtype: ScalarType.Int64, device: state.Lattices.device);

    private static ProcessState Keep(ProcessState state) =>
        new(state.Coordinates.MoveToOuterDisposeScope(), state.Lattices.MoveToOuterDisposeScope());
}
