using Kagome.Crystals.Compositions;

namespace Kagome.Formats.Optimade;

/// <summary>The formulas of a composition in the orders that OPTIMADE asks for.</summary>
internal static class OptimadeFormulas
{
    /// <summary>Of one formula unit, by the alphabet: ClNa.</summary>
    public static string Reduced(Composition composition) => Alphabetic(composition.Reduced);

    /// <summary>Of the whole cell, in Hill's order: carbon and hydrogen first where there is carbon, else by the alphabet.</summary>
    public static string Hill(Composition composition)
    {
        bool hasCarbon = composition.Counts.Keys.Any(element => element.Symbol == "C");
        return Join(
            composition,
            symbol =>
                (hasCarbon, symbol) switch
                {
                    (true, "C") => 0,
                    (true, "H") => 1,
                    _ => 2,
                }
        );
    }

    /// <summary>Of one formula unit, without the elements: letters by falling counts, A3BC for SrTiO3.</summary>
    public static string Anonymous(Composition composition) =>
        string.Concat(
            composition
                .Reduced.Counts.Values.OrderDescending()
                .Select((count, index) => Letters(index) + (count == 1 ? "" : $"{count}"))
        );

    private static string Alphabetic(Composition composition) => Join(composition, _ => 0);

    private static string Join(Composition composition, Func<string, int> rank) =>
        string.Concat(
            composition
                .Counts.OrderBy(pair => rank(pair.Key.Symbol))
                .ThenBy(pair => pair.Key.Symbol, StringComparer.Ordinal)
                .Select(pair => pair.Value == 1 ? pair.Key.Symbol : $"{pair.Key.Symbol}{pair.Value}")
        );

    /// <summary>A to Z, then Aa to Zz, as OPTIMADE counts: Aa, Ba, …, Za, Ab, Bb, ….</summary>
    private static string Letters(int index) =>
        index < 26 ? $"{(char)('A' + index)}" : $"{(char)('A' + (index % 26))}{(char)('a' + (index / 26) - 1)}";
}
