using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kagome.DataSets;

/// <summary>Numbers from a smallest to a largest one, both included; either may be infinite.</summary>
/// <param name="Smallest">In the range; minus infinity for no bound.</param>
/// <param name="Largest">In the range; infinity for no bound.</param>
public readonly record struct NumberRange(double Smallest, double Largest)
{
    private const string Separator = "..";

    /// <summary>Whether the number is in the range, ends included; NaN is in none.</summary>
    // written so that NaN lies in no range
    public bool Contains(double value) => value >= Smallest && value <= Largest;

    /// <summary>Reads 3..30, ..30, 3.. or a single number.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NumberRange range)
    {
        string[] ends = (text ?? "").Split(Separator);
        double smallest = double.NegativeInfinity;
        double largest = double.PositiveInfinity;
        bool isRange =
            ends.Length == 2
                ? (ends[0].Length > 0 || ends[1].Length > 0)
                    && (ends[0].Length == 0 || TryNumber(ends[0], out smallest))
                    && (ends[1].Length == 0 || TryNumber(ends[1], out largest))
                    && smallest <= largest
                : ends.Length == 1 && TryNumber(ends[0], out smallest);
        range = new NumberRange(smallest, ends.Length == 1 ? smallest : largest);
        return isRange;
    }

    /// <summary>As <see cref="TryParse"/> reads it: 3..30, with nothing in the place of an infinite end.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{End(Smallest)}{Separator}{End(Largest)}");

    private static string End(double value) =>
        double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : "";

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
