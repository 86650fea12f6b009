using System.Globalization;

namespace Kagome.Cli.Options;

/// <summary>Whole numbers separated by commas.</summary>
internal static class NumberList
{
    /// <exception cref="InputException">A part is no whole number above 0.</exception>
    public static IReadOnlyList<int> Parse(string option, string? text) =>
        text is null
            ? []
            : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => ParseOne(option, part)).Distinct()];

    private static int ParseOne(string option, string part) =>
        int.TryParse(part, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : throw new InputException($"{option} has '{part}'; expected whole numbers above 0, such as 1,2,4.");
}
