using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Matching;

/// <summary>A mapping as text: vectors of B from those of A, sites of A and the sites of B on them.</summary>
internal static class MappingText
{
    private const int LargestDenominator = 100;
    private const double Rounding = 1e-6;

    public static IEnumerable<string> Lines(CrystalMapping mapping, Structure first, Structure second)
    {
        string vectors = string.Join(", ", mapping.Vectors.Zip("abc", (vector, name) => $"{name}(B) = {Sum(vector)}"));
        yield return $"vectors: {vectors} of A";
        yield return "sites of A and B on each other:";
        string[] firstLabels = Labels(first);
        string[] secondLabels = Labels(second);
        foreach (SitePair pair in mapping.Sites)
        {
            yield return $"  {Join(pair.First, firstLabels)} - {Join(pair.Second, secondLabels)}";
        }
    }

    private static string Join(IEnumerable<int> sites, string[] labels) =>
        string.Join(' ', sites.Select(site => labels[site]));

    /// <summary>Elements with a number each, as in the CIF files that Kagome writes.</summary>
    private static string[] Labels(Structure structure)
    {
        Dictionary<string, int> counts = [];
        return
        [
            .. structure.Sites.Select(site =>
            {
                string symbol = site.Element.Symbol;
                return $"{symbol}{counts[symbol] = counts.GetValueOrDefault(symbol) + 1}";
            }),
        ];
    }

    private static string Sum(Fractional vector)
    {
        string[] terms = [.. new[] { (vector.X, "a"), (vector.Y, "b"), (vector.Z, "c") }.Select(Term)];
        return string.Join(" + ", terms.Where(term => term.Length > 0)).Replace("+ -", "- ", StringComparison.Ordinal);
    }

    private static string Term((double Factor, string Name) part) =>
        part.Factor switch
        {
            0 => "",
            1 => part.Name,
            -1 => $"-{part.Name}",
            _ => $"{Fraction(part.Factor)} {part.Name}",
        };

    private static string Fraction(double value)
    {
        int denominator = Enumerable
            .Range(1, LargestDenominator)
            .FirstOrDefault(count => Math.Abs((value * count) - Math.Round(value * count)) < Rounding);
        return denominator switch
        {
            0 => $"{value:F6}",
            1 => $"{Math.Round(value)}",
            _ => $"{Math.Round(value * denominator)}/{denominator}",
        };
    }
}
