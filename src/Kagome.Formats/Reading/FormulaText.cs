using System.Globalization;
using System.Text.RegularExpressions;
using Kagome.Core.Compositions;
using Kagome.Core.Elements;

namespace Kagome.Formats.Reading;

/// <summary>Formulas as data sets write them: symbols with whole counts, such as TmMgHg2.</summary>
internal static partial class FormulaText
{
    /// <summary>The formula of a composition, elements by atomic number.</summary>
    public static string Of(Composition composition) =>
        string.Concat(composition.Counts.Select(pair => pair.Value == 1 ? $"{pair.Key}" : $"{pair.Key}{pair.Value}"));

    /// <summary>Whether a formula names these elements in this ratio.</summary>
    public static bool Describes(string formula, Composition composition)
    {
        Match match = Pattern().Match(formula);
        if (!match.Success || match.Groups["symbol"].Captures.Count > Element.LargestAtomicNumber)
        {
            return false;
        }

        Dictionary<Element, int> counts = [];
        foreach ((Capture symbol, Capture count) in match.Groups["symbol"].Captures.Zip(match.Groups["count"].Captures))
        {
            if (!Element.TryFromSymbol(symbol.Value, out Element element) || !TryReadCount(count.Value, out int number))
            {
                return false;
            }

            counts[element] = counts.GetValueOrDefault(element) + number;
        }

        return new Composition(counts).Reduced.Equals(composition.Reduced);
    }

    private static bool TryReadCount(string text, out int count)
    {
        count = 1;
        return text.Length == 0
            || (
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                && count is >= 1 and <= FormatLimits.MaximumAtoms
            );
    }

    [GeneratedRegex(
        "^((?<symbol>[A-Z][a-z]?)(?<count>[0-9]*))+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Pattern();
}
