using Kagome.Crystals.Elements;

namespace Kagome.Formats.Text;

/// <summary>Finds the element that a file's symbol or label means.</summary>
/// <remarks>Heavy hydrogen, D and T, is hydrogen: a structure knows elements, not isotopes.</remarks>
internal static class AtomSymbol
{
    /// <summary>Reads a symbol that may carry a charge or number: Na, NA, Na1+, O2-, Fe3, D.</summary>
    public static bool TryParse(string text, out Element element)
    {
        string letters = Letters(text);
        return letters.Length is 1 or 2 && TryExact(Capitalized(letters), out element)
            || TryLeading(letters, out element);
    }

    /// <summary>Reads a site label, whose letters after the element may mean anything: Na1, OW2, Fe3A, Cl(1).</summary>
    /// <param name="text">The label.</param>
    /// <param name="element">The element that it begins with.</param>
    /// <param name="isAmbiguous">Whether it could begin with two elements: CO1 is carbon or cobalt.</param>
    public static bool TryParseLabel(string text, out Element element, out bool isAmbiguous)
    {
        string letters = Letters(text);
        isAmbiguous =
            letters.Length >= 2
            && char.IsAsciiLetterUpper(letters[1])
            && TryExact(letters[..1], out _)
            && TryExact(Capitalized(letters[..2]), out _);
        return TryLeading(letters, out element) && !isAmbiguous;
    }

    private static string Letters(string text) => string.Concat(text.Trim().TakeWhile(char.IsAsciiLetter));

    private static bool TryLeading(string letters, out Element element)
    {
        element = default;
        if (letters.Length == 0 || letters.StartsWith("Wat", StringComparison.OrdinalIgnoreCase))
        {
            return false; // water, not tungsten
        }

        return letters.Length > 1 && TryExact(Capitalized(letters[..2]), out element)
            || TryExact(Capitalized(letters[..1]), out element);
    }

    private static bool TryExact(string symbol, out Element element) =>
        Element.TryFromSymbol(symbol is "D" or "T" ? "H" : symbol, out element);

    private static string Capitalized(string letters) =>
        letters.Length == 0 ? letters : letters[..1].ToUpperInvariant() + letters[1..].ToLowerInvariant();
}
