using Kagome.DataSets.Statistics;

namespace Kagome.Cli.Data;

/// <summary>Statistics as JSON gives them.</summary>
/// <param name="Files">The data sets.</param>
/// <param name="Crystals">All.</param>
/// <param name="Unreadable">Entries that hold no crystal.</param>
/// <param name="Formulas">Different reduced formulas.</param>
/// <param name="VolumePerAtom">In Å³.</param>
/// <param name="CellSizes">Crystals by atoms in the cell.</param>
/// <param name="ElementCounts">Crystals by how many different elements they hold.</param>
/// <param name="Elements">Crystals that hold an element, by its symbol, in the order of atomic numbers.</param>
/// <param name="Splits">Crystals by split.</param>
/// <param name="Labels">In the unit of each.</param>
internal sealed record StatisticsDocument(
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
    public static StatisticsDocument Of(IReadOnlyList<string> files, DataSetStatistics statistics, int unreadable) =>
        new(
            files,
            statistics.Crystals,
            unreadable,
            statistics.Formulas,
            statistics.VolumePerAtom,
            statistics.CellSizes,
            statistics.ElementCounts,
            statistics.Elements.ToDictionary(pair => pair.Key.Symbol, pair => pair.Value),
            statistics.Splits,
            statistics.Labels
        );
}
