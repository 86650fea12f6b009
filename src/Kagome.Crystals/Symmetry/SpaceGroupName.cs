using System.Text.RegularExpressions;

namespace Kagome.Crystals.Symmetry;

/// <summary>A Hermann-Mauguin symbol as people write it.</summary>
/// <param name="Compacted">Its letters alone, in small letters, the ending included.</param>
/// <param name="Symbol">The same without the ending.</param>
/// <param name="Ending">The choice of the setting: 1, 2, H, R, cell choices such as b1; empty where none is stated.</param>
internal sealed partial record SpaceGroupName(string Compacted, string Symbol, string Ending)
{
    private const int LongestName = 60;

    /// <summary>Takes a name apart; null where it is none.</summary>
    public static SpaceGroupName? Read(string name)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        string compact = Compact(name);
        Match ending = Endings().Match(compact);
        string choice = ending.Value.Trim(':', '{', '}', '(', ')') switch
        {
            "rhombohedralaxes" or "r" => "R",
            "hexagonalaxes" or "h" => "H",
            "s" or "originchoice1" or "o1" => "1",
            "z" or "originchoice2" or "o2" => "2",
            { } other => other,
        };
        return new SpaceGroupName(WithoutBrackets(compact), WithoutBrackets(compact[..^ending.Length]), choice);
    }

    /// <summary>Small letters without spaces and the marks of subscripts; bars of all kinds are minus signs.</summary>
    public static string Compact(string name) =>
        string.Concat(name.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('_' or '~' or '\'' or '"')))
            .Replace('\u2212', '-')
            .Replace('\u2013', '-')
            .ToLowerInvariant();

    /// <summary>Whether the ending is that of a setting, or has no meaning for its group: S and Z where there is one origin.</summary>
    public bool Admits(SpaceGroupSetting setting) =>
        Ending.Length == 0
        || setting.Choice.Equals(Ending, StringComparison.OrdinalIgnoreCase)
        || (Ending is "1" or "2" && setting.Choice.StartsWith(Ending, StringComparison.Ordinal))
        || (Ending is "1" or "2" && !setting.Choice.Any(char.IsAsciiDigit) && setting.Choice is not ("H" or "R"));

    // P2(1)/c
    private static string WithoutBrackets(string compact) =>
        compact.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);

    [GeneratedRegex(
        @":[a-z0-9-]{1,5}$|[\{(](rhombohedral|hexagonal)axes[\})]$|[\{(]?:?originchoice[12][\})]?$|(?<=..)[hrsz]$|(?<=^r.*)\([hr]\)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Endings();
}
