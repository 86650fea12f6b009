using System.Globalization;
using System.Text;

namespace Kagome.Core.Symmetry;

/// <summary>One coordinate of a symmetry operation, such as x-y+1/3.</summary>
internal readonly record struct SymmetryCoordinate(int OfX, int OfY, int OfZ, double Shift)
{
    private const int ShiftDenominator = 24;
    private const double ShiftTolerance = 5e-4;
    private const double ExactShiftTolerance = 1e-10;
    private const int MaximumTerms = 8;

    public static bool TryParse(string text, out SymmetryCoordinate coordinate)
    {
        coordinate = default;
        string compact = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
        string[] terms = compact
            .Replace("-", "+-", StringComparison.Ordinal)
            .Split('+', StringSplitOptions.RemoveEmptyEntries);
        if (terms.Length is 0 or > MaximumTerms || compact.EndsWith('+') || compact.EndsWith('-'))
        {
            return false;
        }

        foreach (string term in terms)
        {
            if (coordinate.Plus(term) is not { } sum)
            {
                return false;
            }

            coordinate = sum;
        }

        coordinate = coordinate with { Shift = Snap(coordinate.Shift) };
        return Math.Max(Math.Abs(coordinate.OfX), Math.Max(Math.Abs(coordinate.OfY), Math.Abs(coordinate.OfZ))) <= 1;
    }

    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, OfX, 'x');
        Append(text, OfY, 'y');
        Append(text, OfZ, 'z');
        AppendShift(text);
        return text.ToString();
    }

    private static void Append(StringBuilder text, int factor, char letter)
    {
        if (factor != 0)
        {
            string sign = factor < 0 ? "-" : (text.Length > 0 ? "+" : "");
            _ = text.Append(sign).Append(letter);
        }
    }

    private void AppendShift(StringBuilder text)
    {
        if (Shift == 0)
        {
            return;
        }

        string sign = Shift < 0 ? "-" : "+";
        double numerator = Math.Round(Math.Abs(Shift) * ShiftDenominator);
        bool isFraction = Math.Abs((numerator / ShiftDenominator) - Math.Abs(Shift)) <= ExactShiftTolerance;
        _ = text.Append(sign)
            .Append(
                isFraction ? Fraction((int)numerator) : Math.Abs(Shift).ToString("F12", CultureInfo.InvariantCulture)
            );
    }

    private static string Fraction(int numerator)
    {
        int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(numerator, ShiftDenominator);
        return divisor == ShiftDenominator
            ? $"{numerator / divisor}"
            : $"{numerator / divisor}/{ShiftDenominator / divisor}";
    }

    private SymmetryCoordinate? Plus(string term)
    {
        int sign = term.StartsWith('-') ? -1 : 1;
        string size = term.TrimStart('-');
        return size switch
        {
            "x" or "X" => this with { OfX = OfX + sign },
            "y" or "Y" => this with { OfY = OfY + sign },
            "z" or "Z" => this with { OfZ = OfZ + sign },
            _ => TryParseShift(size, out double shift) ? this with { Shift = Shift + (sign * shift) } : null,
        };
    }

    private static bool TryParseShift(string text, out double shift)
    {
        string[] parts = text.Split('/');
        double denominator = 1;
        bool isNumber =
            TryParseNumber(parts[0], out shift)
            && (parts.Length == 1 || (parts.Length == 2 && TryParseNumber(parts[1], out denominator)));
        shift /= denominator;
        return isNumber && Math.Abs(shift) <= ShiftDenominator;
    }

    private static bool TryParseNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static double Snap(double shift)
    {
        double snapped = Math.Round(shift * ShiftDenominator) / ShiftDenominator;
        return Math.Abs(snapped - shift) <= ShiftTolerance ? snapped : shift;
    }
}
