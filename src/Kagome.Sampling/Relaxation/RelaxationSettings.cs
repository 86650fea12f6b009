namespace Kagome.Sampling.Relaxation;

/// <summary>How crystals are relaxed. Iterations are the paper's; limits and tests of each step are ours.</summary>
public sealed record RelaxationSettings
{
    /// <summary>Steps of each crystal. At least 1; default 5, the paper's.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>How far an atom or a lattice vector may move in a step, in Å; infinity for any distance.</summary>
    public double LargestStepAngstrom { get; init; } = 0.2;

    /// <summary>How often a step that does not lower the energy is halved; 0 accepts every step.</summary>
    public int Halvings { get; init; } = 6;

    /// <summary>Whether steps that collapse or blow up the crystal are refused.</summary>
    public bool GuardsCollapse { get; init; } = true;

    /// <summary>A largest gradient entry at or below it is converged; standardised energy per unit of a coordinate or per Å.</summary>
    public double GradientTolerance { get; init; } = 1e-7;

    /// <summary>A change of the standardised energy, or a largest move of a coordinate or lattice entry, below it is converged.</summary>
    public double ChangeTolerance { get; init; } = 1e-6;

    /// <summary>As the released code relaxes: torch's L-BFGS without line search or limits, but each crystal for itself.</summary>
    public static RelaxationSettings Unguarded { get; } =
        new()
        {
            LargestStepAngstrom = double.PositiveInfinity,
            Halvings = 0,
            GuardsCollapse = false,
            ChangeTolerance = 1e-9,
        };
}
