namespace Kagome.Cli.Files;

/// <summary>The smallest and the largest of some numbers, and how many there were.</summary>
internal sealed record ValueRange(double Smallest, double Largest, int Count)
{
    public static ValueRange Of(double value) => new(value, value, 1);

    public ValueRange With(double value) => new(Math.Min(Smallest, value), Math.Max(Largest, value), Count + 1);
}
