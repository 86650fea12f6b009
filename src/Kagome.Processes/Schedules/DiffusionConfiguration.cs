namespace Kagome.Processes.Schedules;

/// <summary>The numbers that fix a diffusion process over a lattice and coordinates on a torus.</summary>
/// <remarks>Source: DAO (arXiv 2503.10471), after DiffCSP; defaults are the paper's.</remarks>
public sealed record DiffusionConfiguration : ProcessConfiguration
{
    /// <summary>T: noise levels, from 1 (least) to T (most). Above 0.</summary>
    public override int StepCount { get; init; } = 1000;

    /// <summary>s of the cosine schedule of the lattice.</summary>
    public double LatticeOffset { get; init; } = 0.008;

    /// <summary>Width of the coordinates' wrapped normal at t = 1; fractional units.</summary>
    public double SmallestCoordinateSigma { get; init; } = 0.005;

    /// <summary>Width of the coordinates' wrapped normal at t = T; fractional units.</summary>
    public double LargestCoordinateSigma { get; init; } = 0.5;
}
