using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Processes.Schedules;
using Kagome.Processes.Wrapping;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Diffusion;

/// <summary>Diffusion of lattices by normal noise and of coordinates by wrapped normal noise.</summary>
/// <remarks>Source: DiffCSP (Jiao et al., NeurIPS 2023) as used by DAO (arXiv 2503.10471).</remarks>
public sealed class DiffusionProcess(NoiseSchedules schedules) : IGenerativeProcess
{
    /// <summary>The noise at every step.</summary>
    public NoiseSchedules Schedules => schedules;

    /// <inheritdoc/>
    public int StepCount => schedules.StepCount;

    /// <inheritdoc/>
    public TrainingLosses Loss(Denoiser denoiser, ProcessState clean, INoiseSource noise, Tensor? members = null)
    {
        using DisposeScope scope = NewDisposeScope();
        long batch = clean.Lattices.shape[0];
        Tensor times = noise.Steps(StepCount, batch);
        NoisyDraw draw = AddNoise(
            clean,
            times,
            noise.Normal(batch, 3, 3),
            noise.Normal(clean.Coordinates.shape),
            members
        );
        (Tensor lattice, Tensor coordinates, _) = Loss(denoiser(draw.State, times), draw);
        return new TrainingLosses(lattice.MoveToOuterDisposeScope(), coordinates.MoveToOuterDisposeScope());
    }

    /// <summary>The diffusion terms of what a denoiser said of a noisy draw.</summary>
    public static TrainingLosses Loss(DenoiserOutput output, NoisyDraw draw) =>
        new(
            (output.Lattices - draw.LatticeTarget).square().mean(),
            (output.Coordinates - draw.CoordinateTarget).square().mean()
        );

    /// <summary>Adds given noise of the given levels.</summary>
    /// <remarks>L_t = √ᾱ_t L_0 + √(1 - ᾱ_t) ε_L; F_t = (F_0 + σ_t ε_F) mod 1.</remarks>
    /// <param name="clean">Data.</param>
    /// <param name="times">[batch], int64, 1 … T</param>
    /// <param name="latticeNoise">ε_L [batch, 3, 3]</param>
    /// <param name="coordinateNoise">ε_F, as the coordinates</param>
    /// <param name="members">Whose each point is, where coordinates are [points of all members, 3]: [points], int64. Null for [batch, points, 3].</param>
    public NoisyDraw AddNoise(
        ProcessState clean,
        Tensor times,
        Tensor latticeNoise,
        Tensor coordinateNoise,
        Tensor? members = null
    )
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor products = At(schedules.LatticeAlphaProducts, times, clean.Lattices);
        Tensor pointTimes = members is null ? times : times.index_select(0, members);
        Tensor sigmas = At(schedules.CoordinateSigmas, pointTimes, clean.Coordinates);
        Tensor norms = At(schedules.CoordinateScoreNorms, pointTimes, clean.Coordinates);
        Tensor lattices = (products.sqrt() * clean.Lattices) + ((1 - products).sqrt() * latticeNoise);
        Tensor displacements = sigmas * coordinateNoise;
        Tensor coordinates = Torus.Wrap(clean.Coordinates + displacements);
        Tensor target = WrappedNormal.Score(displacements, sigmas) / norms.sqrt();
        return new NoisyDraw(
            new ProcessState(coordinates.MoveToOuterDisposeScope(), lattices.MoveToOuterDisposeScope()),
            times,
            latticeNoise,
            target.MoveToOuterDisposeScope()
        );
    }

    /// <summary>The schedule's values at the given times, in the type of a tensor and ready to multiply it.</summary>
    private static Tensor At(IReadOnlyList<double> schedule, Tensor times, Tensor like)
    {
        Tensor table = tensor([.. schedule], dtype: like.dtype, device: like.device);
        return table.index_select(0, times).view([-1, .. Enumerable.Repeat(1L, (int)like.ndim - 1)]);
    }
}
