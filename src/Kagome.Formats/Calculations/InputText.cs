namespace Kagome.Formats.Calculations;

/// <summary>Names of crystals inside inputs: they come from files and may hold anything.</summary>
internal static class InputText
{
    private const int Longest = 60;

    /// <summary>Letters, digits and signs that end no comment and begin no command.</summary>
    public static string OneLine(string name) =>
        string.Concat(
            name.Take(Longest)
                .Select(letter =>
                    char.IsAsciiLetterOrDigit(letter) || "-_+.,()/ ".Contains(letter, StringComparison.Ordinal)
                        ? letter
                        : '_'
                )
        );
}
