using System.Text.RegularExpressions;
using Kagome.Crystals.Elements;

namespace Kagome.Formats.Text;

/// <summary>Finds the element that a site's label begins with, where the file names no other.</summary>
/// <remarks>
/// People put numbers, letters of positions and neighbours behind the element: Na1, Fe3A, MgM1, OW2, OB, HN1. What may be a dummy, a vacancy,
/// water or several elements is not read, since the rest of the label tells nothing certain.
/// </remarks>
internal static partial class AtomLabel
{
    private const int LongestLabel = 75; // a CIF data name
    private const int LongestEnding = 3;

    /// <summary>Labels, without their numbers, of what is no atom or may be none.</summary>
    private static readonly HashSet<string> NoAtoms = new(
        "T X Q Xx Du Dum Va Vac Vi Wat Cg Cp Ct Cnt Cen Cav Oct Tet Hal Hoh Bq Gh".Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Reads a label.</summary>
    /// <param name="text">The label.</param>
    /// <param name="element">The element that it begins with.</param>
    /// <param name="problem">Why it tells no element, as the end of a sentence that begins with the label; null where it does.</param>
    public static bool TryParse(string text, out Element element, out string? problem)
    {
        text = text.Length <= LongestLabel ? text.Trim() : "";
        string letters = string.Concat(text.TakeWhile(char.IsAsciiLetter));
        problem =
            IsEitherOfTwo(letters) ? "may begin with either of two elements;"
            : NamesSeveral(text) ? "names several elements; disordered sites need an ordered model first; otherwise"
            : IsNoAtom(text, letters) ? "may be a dummy, a vacancy, a kind of site or water; remove it or"
            : TryLeading(letters, out element) ? null
            : "begins with no element; expected one such as Na1; or";
        return TryLeading(letters, out element) && problem is null;
    }

    /// <summary>Whether a label is of oxygen in water or a hydroxyl group, whose hydrogen may be left out: OH, Ow2.</summary>
    public static bool IsOfHydroxylOrWater(string text) => HydroxylOrWater().IsMatch(text);

    /// <summary>Whether a text names more than one element: <c>Nb,Zr</c>, Nb/Zr, Nb0.5Zr0.5, FeMg.</summary>
    public static bool NamesSeveral(string text) =>
        Separated().IsMatch(text)
        || LettersAfterNumbers()
            .Matches(text)
            .Any(run => Element.TryFromSymbol(run.Value[1..], out _) && run.Length == 3)
        || (LeadingLetters().Match(text).Value is { Length: > 1 } letters && IsGroup(letters));

    private static bool IsEitherOfTwo(string letters) =>
        letters.Length >= 2
        && char.IsAsciiLetterUpper(letters[1])
        && AtomSymbol.TryLetters(letters[..1], out _)
        && Element.TryFromSymbol($"{letters[0]}{char.ToLowerInvariant(letters[1])}", out _);

    private static bool IsNoAtom(string text, string letters) =>
        NoAtoms.Contains(letters) || DeuteriumOrDummy().IsMatch(text) || Water().IsMatch(text);

    private static bool TryLeading(string letters, out Element element)
    {
        element = default;
        if (letters.Length >= 2 && AtomSymbol.TryLetters(letters[..2], out element))
        {
            return letters.Length == 2 || (char.IsAsciiLetterUpper(letters[2]) && letters.Length - 2 <= LongestEnding);
        }

        return letters.Length > 0
            && AtomSymbol.TryLetters(letters[..1], out element)
            && IsEnding(element, letters[1..]);
    }

    /// <summary>Whether letters may stand behind an element of one letter: OW, OBm, Oap, HN1, but no Carbon and no SOL.</summary>
    private static bool IsEnding(Element element, string ending)
    {
        bool isOfMany = element.Symbol is "O" or "H" or "C" or "N";
        bool maybeSmall = element.Symbol is "O" or "H"; // of water, apical, bridging
        return ending.Length == 0
            || (ending.Length <= (isOfMany ? 2 : 1) && (maybeSmall || char.IsAsciiLetterUpper(ending[0])));
    }

    /// <summary>Whether letters are the symbols of several elements; one capital after O, H, C or N is a position or neighbour.</summary>
    private static bool IsGroup(string letters) =>
        !Element.TryFromSymbol(letters, out _)
        && IsSymbols(letters)
        && !(letters.Length == 2 && letters[0] is 'O' or 'H' or 'C' or 'N');

    private static bool IsSymbols(string letters) =>
        letters.Length == 0
        || (letters.Length >= 2 && Element.TryFromSymbol(letters[..2], out _) && IsSymbols(letters[2..]))
        || (Element.TryFromSymbol(letters[..1], out _) && IsSymbols(letters[1..]));

    [GeneratedRegex(
        @"[A-Za-z)\d][+-]?\s*[,/;&|:+]\s*\(?[A-Za-z]|\.\d+[A-Z]",
        RegexOptions.CultureInvariant,
        AtomSymbol.MatchMilliseconds
    )]
    private static partial Regex Separated();

    [GeneratedRegex("[^A-Za-z][A-Za-z]+", RegexOptions.CultureInvariant, AtomSymbol.MatchMilliseconds)]
    private static partial Regex LettersAfterNumbers();

    [GeneratedRegex(@"^\s*[(\[]?[A-Za-z]{1,40}", RegexOptions.CultureInvariant, AtomSymbol.MatchMilliseconds)]
    private static partial Regex LeadingLetters();

    [GeneratedRegex(@"^[Dd]\d", RegexOptions.CultureInvariant, AtomSymbol.MatchMilliseconds)]
    private static partial Regex DeuteriumOrDummy();

    [GeneratedRegex(@"^H\d+O\d*$", RegexOptions.CultureInvariant, AtomSymbol.MatchMilliseconds)]
    private static partial Regex Water();

    [GeneratedRegex(@"^[Oo]_?[HhWw](?![a-z])", RegexOptions.CultureInvariant, AtomSymbol.MatchMilliseconds)]
    private static partial Regex HydroxylOrWater();
}
