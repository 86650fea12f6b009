using System.Text.RegularExpressions;
using Kagome.Crystals.Elements;

namespace Kagome.Formats.Text;

/// <summary>Finds the element that a symbol of a file means.</summary>
/// <remarks>
/// A symbol is read as a whole or not at all: Carbon is no calcium, NH3 no nihonium, FeMg no iron. Deuterium, D, is hydrogen, since a
/// structure knows elements, not isotopes. T is mostly a tetrahedral site and D1 a dummy, so neither is read.
/// </remarks>
internal static partial class AtomSymbol
{
    /// <summary>The heaviest element that crystals are made of; symbols of heavier ones, such as Nh, are no symbols in other case.</summary>
    private const int HeaviestInCrystals = 94;

    /// <summary>The longest that a pattern may take; all are linear in the text.</summary>
    internal const int MatchMilliseconds = 1000;

    private const int LongestSymbol = 100;

    /// <summary>What a symbol should have been, as the end of a sentence.</summary>
    public const string Expected =
        "expected one element, such as Na, Na1+ or D. Disordered sites and groups such as OH need an ordered model with their atoms; dummies and vacancies are to be removed";

    /// <summary>Reads a symbol in any case with what is written to it: Na, NA, 57Fe, Fe1, Na1+, O2-, Fe+3, Fe(3+), <c>Fe3+,spin=5</c>, Fe_pv, Li_sv_GW, H1.25.</summary>
    public static bool TryParse(string text, out Element element)
    {
        if (Element.TryFromSymbol(text, out element))
        {
            return true;
        }

        Match match = Symbol().Match(text.Length <= LongestSymbol ? text.Trim() : "");
        string letters = match.Groups["letters"].Value;
        bool isNumbered = match.Groups["number"].Length > 0;
        bool isSymbol =
            TryLetters(letters, out element)
            && !(isNumbered && (letters is "D" or "d" || IsTwoElements(letters)))
            && IsMass(match.Groups["mass"].Value, element)
            && (match.Groups["fraction"].Length == 0 || element.AtomicNumber == 1);
        element = isSymbol ? element : default;
        return isSymbol;
    }

    /// <summary>Reads a symbol that is spelled as usual and stands alone or before the ending of a potential: Na, Fe_pv, H.5.</summary>
    /// <remarks>For words that need not be symbols at all, such as those of a title.</remarks>
    public static bool TryParseExact(string text, out Element element)
    {
        Match match = Symbol().Match(text.Length <= LongestSymbol ? text : "");
        return Element.TryFromSymbol(match.Groups["letters"].Value, out element)
            && match.Groups["mass"].Length + match.Groups["number"].Length + match.Groups["charge"].Length == 0
            && TryParse(text, out element);
    }

    /// <summary>The element of one or two letters in any case; D is hydrogen.</summary>
    internal static bool TryLetters(string letters, out Element element)
    {
        element = default;
        string usual = letters.Length == 0 ? "" : letters[..1].ToUpperInvariant() + letters[1..].ToLowerInvariant();
        return Element.TryFromSymbol(usual is "D" ? "H" : usual, out element)
            && (letters == usual || element.AtomicNumber <= HeaviestInCrystals);
    }

    /// <summary>Whether capital letters are one element and two as well: CO, SI, NH.</summary>
    internal static bool IsTwoElements(string letters) =>
        letters.Length >= 2
        && char.IsAsciiLetterUpper(letters[1])
        && TryLetters(letters[..1], out _)
        && TryLetters(letters[1..2], out _);

    private static bool IsMass(string mass, Element element) =>
        mass.Length == 0
        || (
            NumberText.TryParseCount(mass, out int number)
            && number >= element.AtomicNumber
            && number <= 3 * element.AtomicNumber
        );

    [GeneratedRegex(
        """
            ^(?<mass>[1-9]\d{0,2})?(?<letters>[A-Za-z]{1,2})(?:
                (?<number>\d{1,2})?
              | (?<charge>(?:\d?(?:\.\d+)?[+-]\.? | [+-]\d(?:\.\d+)? | \+{2,4} | -{2,4} | \((?:\d?[+-]|[+-]\d)\))(?:,spin=-?\d+(?:\.\d+)?)?)
              | (?<fraction>\d?\.\d{1,2})
              | (?<potential>(?:_(?:pv|sv|AE|GW|[dfhps]|\d{1,2}|new\d?|vnew|old|nr|nc|fix|rel|vnl|ZORA|US))*(?:/[0-9A-Fa-f]{4,64})?)
            )$
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchMilliseconds
    )]
    private static partial Regex Symbol();
}
