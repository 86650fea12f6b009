namespace Kagome.Testing;

/// <summary>How far two descriptions of one crystal may lie apart.</summary>
/// <param name="Name">Why they differ at all; failure messages repeat it.</param>
/// <param name="Angstrom">Largest difference of lengths and distance of positions.</param>
/// <param name="Degrees">Largest difference of angles.</param>
public sealed record StructureTolerance(string Name, double Angstrom, double Degrees)
{
    /// <summary>Both came from the same numbers by different sums in double precision.</summary>
    public static StructureTolerance Rounding { get; } = new("rounding of float64", 1e-9, 1e-7);

    /// <summary>One of them went through single precision.</summary>
    public static StructureTolerance SinglePrecision { get; } = new("single precision", 1e-4, 1e-3);

    /// <summary>One of them went through a text with six decimals.</summary>
    public static StructureTolerance SixDecimals { get; } = new("six printed decimals", 1e-4, 1e-4);
}
