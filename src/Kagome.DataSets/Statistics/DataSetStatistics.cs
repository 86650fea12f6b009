using Kagome.Core.Elements;

namespace Kagome.DataSets.Statistics;

/// <summary>What a data set holds.</summary>
public sealed record DataSetStatistics
{
    public required int Crystals { get; init; }

    /// <summary>Different reduced formulas.</summary>
    public required int Formulas { get; init; }

    /// <summary>Crystals by the split that the source states.</summary>
    public required IReadOnlyDictionary<string, int> Splits { get; init; }

    /// <summary>In the unit of each label.</summary>
    public required IReadOnlyDictionary<string, NumberSummary> Labels { get; init; }

    /// <summary>In Å³; null where there is no crystal.</summary>
    public required NumberSummary? VolumePerAtom { get; init; }

    /// <summary>Crystals by the number of atoms in their cells.</summary>
    public required IReadOnlyDictionary<int, int> CellSizes { get; init; }

    /// <summary>Crystals by how many different elements they hold.</summary>
    public required IReadOnlyDictionary<int, int> ElementCounts { get; init; }

    /// <summary>Crystals that hold an element; elements that none holds are absent.</summary>
    public required IReadOnlyDictionary<Element, int> Elements { get; init; }
}
