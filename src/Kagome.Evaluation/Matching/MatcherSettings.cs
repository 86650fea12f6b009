namespace Kagome.Evaluation.Matching;

/// <summary>How different two descriptions of the same crystal may be.</summary>
/// <remarks>The names and meanings of pymatgen's StructureMatcher, so that numbers in papers can be compared.</remarks>
/// <param name="Ltol">Lengths of corresponding lattice vectors differ by at most the factor 1 + ltol. Above 0.</param>
/// <param name="Stol">The root mean square displacement is below stol · (V/N)^(1/3), the mean space of an atom. Above 0.</param>
/// <param name="AngleTol">Corresponding lattice angles differ by less than this, in degrees. Above 0.</param>
public sealed record MatcherSettings(double Ltol, double Stol, double AngleTol)
{
    /// <summary>The tolerances that papers on crystal structure prediction report match rates with.</summary>
    public static MatcherSettings Csp { get; } = new(0.3, 0.5, 10);

    /// <summary>The default tolerances of pymatgen.</summary>
    public static MatcherSettings Default { get; } = new(0.2, 0.3, 5);

    public double Ltol { get; init; } = Positive(Ltol, nameof(Ltol));

    public double Stol { get; init; } = Positive(Stol, nameof(Stol));

    public double AngleTol { get; init; } = Positive(AngleTol, nameof(AngleTol));

    /// <summary>Two crystals that take longer get the verdict <see cref="MatchVerdict.LimitExceeded"/>. Default: 10 s.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    private static double Positive(double value, string name) =>
        double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                $"Tolerance {name} is {value}; expected a number above 0, such as 0.3 (ltol), 0.5 (stol) or 10 (angle_tol)."
            );
}
