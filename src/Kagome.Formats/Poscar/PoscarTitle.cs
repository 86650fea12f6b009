using System.Text.RegularExpressions;
using Kagome.Crystals.Elements;
using Kagome.Formats.Text;

namespace Kagome.Formats.Poscar;

/// <summary>Decides whether a title names elements: most say what the crystal is called, and "cubic" is no copper.</summary>
internal static partial class PoscarTitle
{
    /// <summary>The elements of the groups, where the title can mean nothing else.</summary>
    /// <param name="title">The first line, such as <c>Na Cl</c>, <c>Na4 Cl4</c>, <c>NaCl</c> or <c>Na Cl rock salt</c>.</param>
    /// <param name="counts">How many atoms each group has.</param>
    /// <returns>Null where it says something else, or could.</returns>
    public static IReadOnlyList<Element>? Elements(string title, IReadOnlyList<int> counts)
    {
        string[] words = NumberText.Words(title);
        return List(words, counts.Count) ?? Formula(words, counts) ?? ListBeforeText(words, counts.Count);
    }

    /// <summary>Every word is a symbol, one a group.</summary>
    private static Element[]? List(string[] words, int groupCount)
    {
        Element[] elements = Symbols(words);
        return words.Length == groupCount && elements.Length == groupCount ? elements : null;
    }

    /// <summary>Two symbols or more, and words of which none is one. A single one may be a word: "As grown", "U = 4 eV", "In plane".</summary>
    private static Element[]? ListBeforeText(string[] words, int groupCount)
    {
        Element[] elements = Symbols(words);
        bool isMeant =
            groupCount >= 2
            && elements.Length == groupCount
            && !words.Skip(groupCount).Any(word => Element.TryFromSymbol(word, out _));
        return isMeant ? elements : null;
    }

    /// <summary>A formula whose symbols stand in the order of the groups and whose counts are theirs, or are so when reduced.</summary>
    private static Element[]? Formula(string[] words, IReadOnlyList<int> counts)
    {
        Match[] parts = [.. words.SelectMany(word => Part().Matches(word))];
        bool isFormula =
            parts.Length == counts.Count
            && parts.Sum(part => part.Length) == words.Sum(word => word.Length)
            && parts.All(part => Element.TryFromSymbol(part.Groups["symbol"].Value, out _))
            && Agree([.. parts.Select(Count)], counts);
        return isFormula ? [.. parts.Select(part => Element.FromSymbol(part.Groups["symbol"].Value))] : null;
    }

    private static bool Agree(int[] written, IReadOnlyList<int> counts) =>
        written.SequenceEqual(counts)
        || (
            written.Length > 1
            && written.Aggregate(Divisor) == 1
            && counts.Zip(written).All(pair => pair.First == (long)pair.Second * counts.Aggregate(Divisor))
        );

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    private static int Count(Match part) =>
        part.Groups["count"].Value is { Length: > 0 } digits
            ? NumberText.TryParseCount(digits, out int count)
                ? count
                : 0
            : 1;

    /// <summary>The symbols with which the words begin.</summary>
    private static Element[] Symbols(string[] words) =>
        [.. words.TakeWhile(word => Element.TryFromSymbol(word, out _)).Select(Element.FromSymbol)];

    [GeneratedRegex("(?<symbol>[A-Z][a-z]?)(?<count>[0-9]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
