namespace Kagome.Crystals.Matching;

/// <summary>How different two descriptions of the same crystal may be.</summary>
/// <remarks>The names and meanings of pymatgen's StructureMatcher, so that numbers in papers can be compared.</remarks>
public sealed record MatcherOptions
{
    /// <summary>The tolerances that papers on crystal structure prediction report match rates with.</summary>
    public static MatcherOptions Csp { get; } =
        new()
        {
            Ltol = 0.3,
            Stol = 0.5,
            AngleTol = 10,
        };

    /// <summary>The default tolerances of pymatgen, and of a matcher that is given none.</summary>
    public static MatcherOptions Default { get; } = new();

    /// <summary>Lengths of corresponding lattice vectors differ by at most the factor 1 + ltol; above 0. Default 0.2.</summary>
    public double Ltol { get; init; } = 0.2;

    /// <summary>The root mean square displacement is below stol · (V/N)^(1/3), the mean space of an atom; above 0. Default 0.3.</summary>
    public double Stol { get; init; } = 0.3;

    /// <summary>Corresponding lattice angles differ by less than this, in degrees; above 0. Default 5.</summary>
    public double AngleTol { get; init; } = 5;

    /// <summary>Two crystals that take longer get the verdict <see cref="MatchVerdict.LimitExceeded"/>. Default: 10 s.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A tolerance is not a number above 0.</exception>
    public void Validate()
    {
        OptionException.RequirePositive(nameof(Ltol), Ltol, "0.2");
        OptionException.RequirePositive(nameof(Stol), Stol, "0.3");
        OptionException.RequirePositive(nameof(AngleTol), AngleTol, "5");
    }
}
