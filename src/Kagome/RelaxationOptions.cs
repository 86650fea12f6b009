using Kagome.Crystals.Symmetry;

namespace Kagome;

/// <summary>How crystals are relaxed. Iterations are the paper's; limits and tests of each step are ours.</summary>
public sealed record RelaxationOptions
{
    /// <summary>Steps of each crystal. At least 1; default 5, the paper's.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>How far an atom or a lattice vector may move in a step, in Å; above 0, infinity for any distance. Default 0.2.</summary>
    public double LargestStepAngstrom { get; init; } = 0.2;

    /// <summary>How often a step that does not lower the energy is halved; 0 accepts every step. Default 6.</summary>
    public int Halvings { get; init; } = 6;

    /// <summary>Whether steps that collapse or blow up the crystal are refused. Default: they are.</summary>
    public bool GuardsCollapse { get; init; } = true;

    /// <summary>
    /// Whether crystals keep their space group: they are moved to exact symmetry first, and no step leaves it. Default: they move freely. Of crystals
    /// without a space group it is ignored.
    /// </summary>
    public bool KeepsSymmetry { get; init; }

    /// <summary>How far, in Å, atoms may be from their symmetric places; above 0. Default 0.1. Ignored where symmetry is not kept.</summary>
    public double Symprec { get; init; } = SymmetryFinder.DefaultSymprecAngstrom;

    /// <summary>A largest gradient entry at or below it is converged; standardised energy per unit of a coordinate or per Å. Default 1e-7.</summary>
    public double GradientTolerance { get; init; } = 1e-7;

    /// <summary>A change of the standardised energy, or a largest move of a coordinate or lattice entry, below it is converged. Default 1e-6.</summary>
    public double ChangeTolerance { get; init; } = 1e-6;

    /// <summary>As the released code relaxes: torch's L-BFGS without line search or limits, but each crystal for itself.</summary>
    public static RelaxationOptions Unguarded { get; } =
        new()
        {
            LargestStepAngstrom = double.PositiveInfinity,
            Halvings = 0,
            GuardsCollapse = false,
            ChangeTolerance = 1e-9,
        };

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        OptionException.RequirePositive(nameof(Iterations), Iterations);
        if (!(LargestStepAngstrom > 0))
        {
            throw new OptionException(nameof(LargestStepAngstrom), LargestStepAngstrom, "a distance in Å above 0");
        }

        OptionException.RequirePositive(nameof(Symprec), Symprec, "0.1");
        OptionException.RequireNotNegative(nameof(Halvings), Halvings, "6");
        OptionException.RequireNotNegative(nameof(GradientTolerance), GradientTolerance, "1e-7");
        OptionException.RequireNotNegative(nameof(ChangeTolerance), ChangeTolerance, "1e-6");
    }
}
