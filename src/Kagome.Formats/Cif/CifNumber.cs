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

    /// <summary>Half a unit of the last digit after the point, which rounding may have taken; 0 where a number has less than two digits there.</summary>
    /// <remarks>0, 0.5 and 1e-2 are taken as exact; 0.33 and 0.33(1) may be off by 0.005.</remarks>
    public static double HalfUnit(CifToken value)
    {
        string digits = value.Text.Split('(')[0];
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        int count = point < 0 ? 0 : digits.Length - point - 1;
        bool isPlain = digits.IndexOfAny(['e', 'E']) < 0;
        return count >= 2 && isPlain ? 0.5 * Math.Pow(10, -count) : 0;
    }
}
