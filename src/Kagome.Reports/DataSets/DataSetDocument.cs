using Kagome.DataSets;

namespace Kagome.Reports.DataSets;

/// <summary>What data sets hold, as statistics.json gives it.</summary>
/// <param name="Files">The data sets, which count as one.</param>
/// <param name="Crystals">How many crystals there are.</param>
/// <param name="Unreadable">How many entries hold no crystal.</param>
/// <param name="Formulas">How many different reduced formulas there are.</param>
/// <param name="VolumePerAtom">The volume per atom in Å³; null where there is no crystal.</param>
/// <param name="CellSizes">How many crystals have so many atoms in the cell.</param>
/// <param name="ElementCounts">How many crystals hold so many different elements.</param>
/// <param name="Elements">How many crystals hold an element, in the order of atomic numbers; elements that none holds are absent.</param>
/// <param name="Splits">How many crystals are of a split, as the source states it.</param>
/// <param name="Labels">The finite numbers of each label, in its unit.</param>
public sealed record DataSetDocument(
    IReadOnlyList<string> Files,
    int Crystals,
    int Unreadable,
    int Formulas,
    NumberSummary? VolumePerAtom,
    IReadOnlyDictionary<int, int> CellSizes,
    IReadOnlyDictionary<int, int> ElementCounts,
    IReadOnlyDictionary<string, int> Elements,
    IReadOnlyDictionary<string, int> Splits,
    IReadOnlyDictionary<string, NumberSummary> Labels
)
{
    internal static DataSetDocument Of(IReadOnlyList<string> files, DataSetStatistics statistics) =>
        new(
            files,
            statistics.Crystals,
            statistics.Unreadable,
            statistics.Formulas,
            statistics.VolumePerAtom,
            statistics.CellSizes,
            statistics.ElementCounts,
            statistics.Elements.ToDictionary(pair => pair.Key.Symbol, pair => pair.Value),
            statistics.Splits,
            statistics.Labels
        );
}
