namespace Kagome.Processes.Schedules;

/// <summary>The noise at every step: what a checkpoint stores and a sampler follows.</summary>
/// <remarks>Every array has T + 1 entries; entry 0 stands for clean data.</remarks>
public sealed partial record NoiseSchedules
{
    /// <summary>β_t of the lattice; β_0 = 0.</summary>
    public required IReadOnlyList<double> LatticeBetas { get; init; }

    /// <summary>α_t = 1 - β_t of the lattice.</summary>
    public required IReadOnlyList<double> LatticeAlphas { get; init; }

    /// <summary>ᾱ_t, the product of α_1 to α_t.</summary>
    public required IReadOnlyList<double> LatticeAlphaProducts { get; init; }

    /// <summary>Standard deviation of the lattice's posterior q(L_{t-1} | L_t, L_0).</summary>
    public required IReadOnlyList<double> LatticeSigmas { get; init; }

    /// <summary>σ_t of the coordinates' wrapped normal; fractional units, σ_0 = 0.</summary>
    public required IReadOnlyList<double> CoordinateSigmas { get; init; }

    /// <summary>Mean square of the coordinates' score at each σ_t; 1 at t = 0.</summary>
    public required IReadOnlyList<double> CoordinateScoreNorms { get; init; }

    /// <summary>T: noise levels, from 1 (least) to T (most).</summary>
    public int StepCount => LatticeBetas.Count - 1;
}
