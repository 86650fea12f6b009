using System.Globalization;
using System.Text;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>A symmetry of a crystal: a rotation or reflection with a shift, in fractional coordinates.</summary>
/// <param name="Rotation">The matrix W: row i says how the new coordinate i follows from the old x, y, z.</param>
/// <param name="Translation">The vector w, in fractions of the lattice vectors.</param>
/// <remarks>Source: International Tables for Crystallography A, section 1.2.2: x' = W x + w.</remarks>
public readonly record struct SymmetryOperation(IntegerMatrix3 Rotation, Fractional Translation)
{
    /// <summary>The operation that moves nothing: x,y,z.</summary>
    public static SymmetryOperation Identity { get; } = new(IntegerMatrix3.Identity, default);

    /// <summary>The position that the operation takes a position to; it is not wrapped into the cell.</summary>
    public Fractional Apply(Fractional position) =>
        new Fractional(
            (Rotation.M11 * position.X) + (Rotation.M12 * position.Y) + (Rotation.M13 * position.Z),
            (Rotation.M21 * position.X) + (Rotation.M22 * position.Y) + (Rotation.M23 * position.Z),
            (Rotation.M31 * position.X) + (Rotation.M32 * position.Y) + (Rotation.M33 * position.Z)
        ) + Translation;

    /// <summary>Reads an operation such as <c>-y,x-y,z+1/3</c>: any order, fractions or decimals, either case.</summary>
    /// <remarks>A shift within 0.0005 of a multiple of 1/24 becomes that multiple, so that 0.333 means a third.</remarks>
    /// <returns>False where the text is no operation that keeps the cell: the determinant has to be 1 or -1.</returns>
    public static bool TryParse(string text, out SymmetryOperation operation)
    {
        operation = default;
        string[] parts = text.Split(',');
        if (
            parts.Length != 3
            || !SymmetryCoordinate.TryParse(parts[0], out SymmetryCoordinate x)
            || !SymmetryCoordinate.TryParse(parts[1], out SymmetryCoordinate y)
            || !SymmetryCoordinate.TryParse(parts[2], out SymmetryCoordinate z)
        )
        {
            return false;
        }

        IntegerMatrix3 rotation = new(x.OfX, x.OfY, x.OfZ, y.OfX, y.OfY, y.OfZ, z.OfX, z.OfY, z.OfZ);
        operation = new SymmetryOperation(rotation, new Fractional(x.Shift, y.Shift, z.Shift));
        return rotation.Determinant is 1 or -1;
    }

    /// <summary>The operation as CIF writes it, such as <c>-y,x-y,z+1/3</c>.</summary>
    public override string ToString()
    {
        SymmetryCoordinate x = new(Rotation.M11, Rotation.M12, Rotation.M13, Translation.X);
        SymmetryCoordinate y = new(Rotation.M21, Rotation.M22, Rotation.M23, Translation.Y);
        SymmetryCoordinate z = new(Rotation.M31, Rotation.M32, Rotation.M33, Translation.Z);
        return string.Create(CultureInfo.InvariantCulture, $"{x},{y},{z}");
    }
}

/// <summary>One coordinate of a symmetry operation, such as x-y+1/3.</summary>
internal readonly record struct SymmetryCoordinate(int OfX, int OfY, int OfZ, double Shift)
{
    private const int ShiftDenominator = 24;
    private const double ShiftTolerance = 5e-4;
    private const double ExactShiftTolerance = 1e-10;
    private const int MaximumTerms = 8;

    /// <param name="text">Such as x-y+1/3.</param>
    /// <param name="coordinate">What it says.</param>
    /// <param name="largestFactor">Of x, y and z: 1 for operations; 2 for sites, such as 2x of x,2x,z.</param>
    public static bool TryParse(string text, out SymmetryCoordinate coordinate, int largestFactor = 1)
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
        return Math.Max(Math.Abs(coordinate.OfX), Math.Max(Math.Abs(coordinate.OfY), Math.Abs(coordinate.OfZ)))
            <= largestFactor;
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
