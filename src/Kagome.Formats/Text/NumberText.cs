using System.Globalization;
using Kagome.Crystals.Lattices;

namespace Kagome.Formats.Text;

/// <summary>Words and numbers of a line.</summary>
internal static class NumberText
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The words of a line, which white space separates.</summary>
    public static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads a finite number; the exponent may follow a D, as Fortran writes it.</summary>
    public static bool TryParse(string word, out double number) =>
        (
            double.TryParse(word, Style, CultureInfo.InvariantCulture, out number)
            || double.TryParse(
                word.Replace('d', 'e').Replace('D', 'E'),
                Style,
                CultureInfo.InvariantCulture,
                out number
            )
        ) && double.IsFinite(number);

    /// <summary>Reads a whole number of at least 0.</summary>
    public static bool TryParseCount(string word, out int count) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count) && count >= 0;

    /// <summary>Reads three of the words, from <paramref name="first"/> on.</summary>
    public static bool TryParseThree(IReadOnlyList<string> words, int first, out Cartesian numbers)
    {
        numbers = default;
        if (
            words.Count < first + 3
            || !TryParse(words[first], out double x)
            || !TryParse(words[first + 1], out double y)
            || !TryParse(words[first + 2], out double z)
        )
        {
            return false;
        }

        numbers = new Cartesian(x, y, z);
        return true;
    }
}
