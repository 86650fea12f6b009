using System.Text.Json.Serialization;

namespace Kagome.Models;

/// <summary>Where a network comes from and what it has seen.</summary>
/// <remarks>Null stands for unknown. Fields that later versions add are passed over.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record Provenance
{
    /// <summary>What people call the model, such as "kagome-g-mp20".</summary>
    public required string Name { get; init; }

    /// <summary>What it was trained for.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Every data set it was trained on, licences and attributions included.</summary>
    public IReadOnlyList<DataSource> DataSets { get; init; } = [];

    /// <summary>The settings of the training run, as text that can start it again.</summary>
    public string? Recipe { get; init; }

    /// <summary>Of the training run.</summary>
    public long? Seed { get; init; }

    /// <summary>The commit of the source code that trained it.</summary>
    public string? Commit { get; init; }

    /// <summary>Name and checksum of the model whose weights the training began with; null for random ones.</summary>
    public string? InitialModel { get; init; }

    /// <summary>How long the training took, in hours.</summary>
    public double? HoursTrained { get; init; }

    /// <summary>Optimiser steps.</summary>
    public long? Step { get; init; }

    /// <summary>When the training ended.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>What users should know.</summary>
    public string? Notes { get; init; }

    /// <summary>Atoms of the largest training crystal.</summary>
    public int? LargestAtomCount { get; init; }

    /// <summary>Training crystals that contain an element, by atomic number.</summary>
    public IReadOnlyDictionary<int, long> ElementsSeen { get; init; } = new Dictionary<int, long>();

    /// <summary>
    /// Training crystals by the atoms of their formula unit and then by their formula units Z: what a cell usually holds.
    /// </summary>
    public IReadOnlyDictionary<int, IReadOnlyDictionary<int, int>> FormulaUnitsSeen { get; init; } =
        new Dictionary<int, IReadOnlyDictionary<int, int>>();
}

/// <summary>What a network was trained for.</summary>
public enum ModelKind
{
    /// <summary>Draws crystals of a given composition.</summary>
    Generator,

    /// <summary>Judges the energy of clean and noisy crystals, and guides a generator.</summary>
    Predictor,

    /// <summary>Predicts one property of clean crystals.</summary>
    Property,
}

/// <summary>A data set that a network has seen.</summary>
/// <remarks>License as an SPDX identifier where there is one; the attribution as its owners ask for it.</remarks>
/// <param name="Name">What people call it.</param>
/// <param name="License">An SPDX identifier where there is one.</param>
/// <param name="Attribution">As its owners ask for it.</param>
public sealed record DataSource(string Name, string License, string Attribution);
