using System.Text.Json.Serialization;
using Kagome.Crystals.Matching;

namespace Kagome.Evaluation.Scoring;

/// <summary>What was found out about one predicted structure of a reference crystal.</summary>
/// <remarks>Volumes in Å³, densities in g/cm³; RMS and largest distance in units of (V/N)^(1/3).</remarks>
public sealed record SampleScore
{
    /// <summary>The reference's id.</summary>
    public required string Id { get; init; }

    /// <summary>Which of the reference's predictions this is, from 1.</summary>
    public required int Sample { get; init; }

    /// <summary>The composition of the reference's cell.</summary>
    public required string Formula { get; init; }

    /// <summary>The atoms in the reference's cell.</summary>
    public required int Atoms { get; init; }

    /// <summary>The different elements in the reference.</summary>
    public required int Elements { get; init; }

    /// <summary>What the matcher says; null where there is no structure to compare.</summary>
    public MatchVerdict? Verdict { get; init; }

    /// <summary>The root mean square displacement; null unless the two match.</summary>
    public double? Rms { get; init; }

    /// <summary>The largest displacement of an atom; null unless the two match.</summary>
    public double? LargestDistance { get; init; }

    /// <summary>Whether no atoms are too close and the cell is one that crystals have; false where there is no structure.</summary>
    [JsonPropertyName("structure_valid")]
    public bool IsStructureValid { get; init; }

    /// <summary>Whether charges can balance (SMACT), as papers check it; false where there is no structure.</summary>
    [JsonPropertyName("composition_valid")]
    public bool IsCompositionValid { get; init; }

    /// <summary>Whether the reference is valid in structure and composition.</summary>
    [JsonPropertyName("reference_valid")]
    public required bool IsReferenceValid { get; init; }

    /// <summary>The number of its space group, 1 to 230; null where none was looked for, or none was found.</summary>
    public int? SpaceGroup { get; init; }

    /// <summary>The number of the reference's space group; null likewise.</summary>
    public int? ReferenceSpaceGroup { get; init; }

    /// <summary>That it is the crystal, 0 to 1, as was said when it was proposed; null where nothing was said.</summary>
    public double? Probability { get; init; }

    /// <summary>How it was found; null where another program made it.</summary>
    public CandidateSources? Source { get; init; }

    /// <summary>The reference's energy above the convex hull in eV/atom; null where the data do not tell.</summary>
    public double? ReferenceEnergyAboveHull { get; init; }

    /// <summary>In Å³; null where there is no structure.</summary>
    public double? VolumePerAtom { get; init; }

    /// <summary>In Å³.</summary>
    public required double ReferenceVolumePerAtom { get; init; }

    /// <summary>In g/cm³; null where there is no structure.</summary>
    public double? Density { get; init; }

    /// <summary>In g/cm³.</summary>
    public required double ReferenceDensity { get; init; }

    /// <summary>Why there is no structure, or why it is no valid one; null where all is well.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether this pair may count in the filtered match rate.</summary>
    /// <remarks>Source: DiffCSP's and DAO's compute_metrics: both structures valid, of structure and of composition.</remarks>
    public bool PassesFilter => IsStructureValid && IsCompositionValid && IsReferenceValid;
}
