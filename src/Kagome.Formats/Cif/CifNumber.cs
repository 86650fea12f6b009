using System.Globalization;

namespace Kagome.Formats.Cif;

/// <summary>Numbers with their uncertainty, such as 5.64(2).</summary>
internal static class CifNumber
{
    /// <summary>Reads the number and checks the digits in parentheses, which mean the uncertainty of the last places.</summary>
    public static bool TryParse(CifToken value, out double number)
    {
        string text = value.Text;
        int parenthesis = text.IndexOf('(', StringComparison.Ordinal);
        if (parenthesis >= 0)
        {
            string uncertainty = text[parenthesis..];
            if (uncertainty.Length < 2 || !uncertainty.EndsWith(')') || !uncertainty[1..^1].All(char.IsAsciiDigit))
            {
                number = 0;
                return false;
            }

            text = text[..parenthesis];
        }

        const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
