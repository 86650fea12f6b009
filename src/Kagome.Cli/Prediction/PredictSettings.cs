namespace Kagome.Cli.Prediction;

/// <summary>What was asked of kagome predict.</summary>
internal sealed record PredictSettings
{
    public required IReadOnlyList<string> Formulas { get; init; }

    public string? FormulaFile { get; init; }

    /// <summary>Candidates per formula.</summary>
    public required int Samples { get; init; }

    /// <summary>Formula units per cell; empty to try the plausible ones.</summary>
    public required IReadOnlyList<int> FormulaUnits { get; init; }

    /// <summary>Of a cell, where the formula units are not given.</summary>
    public required int LargestAtomCount { get; init; }

    /// <summary>Moves of the sampler.</summary>
    public required int Steps { get; init; }

    public required long Seed { get; init; }

    public required string Model { get; init; }

    public required string OutputFolder { get; init; }

    /// <summary>Names of file formats, one file per candidate and format.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>cpu or cuda.</summary>
    public required string Device { get; init; }

    /// <summary>A predictor; null for the default one where it came with the program, none for no energies.</summary>
    public string? Predictor { get; init; }

    /// <summary>Weight of the energy gradient on coordinates; 0 for no guidance.</summary>
    public double CoordinateGuidance { get; init; }

    /// <summary>Weight of the energy gradient on lattices; 0 for no guidance.</summary>
    public double LatticeGuidance { get; init; }

    public bool IsGuided => CoordinateGuidance > 0 || LatticeGuidance > 0;

    /// <summary>Most steps of each candidate's relaxation; 0 for none.</summary>
    public int RelaxIterations { get; init; }

    /// <summary>Whether every candidate gets files, not only one of each crystal.</summary>
    public bool KeepsAll { get; init; }

    /// <summary>How exact a symmetry has to be, in Å.</summary>
    public required double Symprec { get; init; }

    public bool PrintsJson { get; init; }

    public bool KeepsTrajectory { get; init; }
}
