using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>Draws conventional cells of the shapes that known crystals have.</summary>
/// <remarks>
/// Ratios of axes are log-normal. Means and spreads: 3,237 crystals of the Materials Project, every eighth of MP-20's training set (CC BY 4.0).
/// Cells of one group that are thin and that are flat have different shortest vectors, so that this decides which Niggli cells are tried.
/// </remarks>
internal static class TypicalCell
{
    private const double RightAngle = 90;
    private const double HexagonalAngle = 120;
    private const double MonoclinicAngle = 108;
    private const double AngleSpread = 12;
    private const double LargestTilt = 35;

    /// <summary>The length of a is 1. Axes that the system makes equal are equal.</summary>
    public static Lattice Draw(SpaceGroup group, Random random)
    {
        Shape shape = Of(SpaceGroupNumber.System(group.Number), group.Centring);
        CrystalSystem system = SpaceGroupNumber.System(group.Number);
        double b = Math.Exp(shape.MeanB + (shape.SpreadB * Normal(random)));
        double c = Math.Exp(shape.MeanC + (shape.SpreadC * Normal(random)));
        double Tilted(double mean) =>
            mean
            + Math.Clamp(
                AngleSpread * Normal(random),
                RightAngle - LargestTilt - mean,
                RightAngle + LargestTilt - mean
            );
        (double alpha, double beta, double gamma) = system switch
        {
            CrystalSystem.Triclinic => (Tilted(RightAngle), Tilted(RightAngle), Tilted(RightAngle)),
            CrystalSystem.Monoclinic => (RightAngle, Tilted(MonoclinicAngle), RightAngle),
            CrystalSystem.Trigonal or CrystalSystem.Hexagonal => (RightAngle, RightAngle, HexagonalAngle),
            _ => (RightAngle, RightAngle, RightAngle),
        };
        LatticeParameters cell = new(1, b, c, alpha, beta, gamma);
        return Lattice.FromParameters(
            cell.Problem() is null ? cell : cell with { Alpha = RightAngle, Beta = RightAngle }
        );
    }

    /// <summary>Of ln b/a and ln c/a.</summary>
    private static Shape Of(CrystalSystem system, char centring) =>
        (system, centring) switch
        {
            (CrystalSystem.Triclinic, _) => new(0.12, 0.19, 0.38, 0.28),
            (CrystalSystem.Monoclinic, 'C') => new(-0.45, 0.68, -0.29, 0.40),
            (CrystalSystem.Monoclinic, _) => new(-0.06, 0.38, 0.34, 0.27),
            (CrystalSystem.Orthorhombic, 'A') => new(0.05, 0.45, 0.59, 0.68),
            (CrystalSystem.Orthorhombic, 'C') => new(0.77, 0.67, 0.24, 0.63),
            (CrystalSystem.Orthorhombic, 'F') => new(0.49, 0.38, 0.40, 0.77),
            (CrystalSystem.Orthorhombic, 'I') => new(0.35, 0.35, 0.55, 0.58),
            (CrystalSystem.Orthorhombic, _) => new(-0.18, 0.49, 0.15, 0.50),
            (CrystalSystem.Tetragonal, 'I') => new(0, 0, 0.65, 0.62),
            (CrystalSystem.Tetragonal, _) => new(0, 0, 0.36, 0.63),
            (CrystalSystem.Trigonal, 'R') => new(0, 0, 1.30, 0.80),
            (CrystalSystem.Trigonal, _) => new(0, 0, 0.75, 0.86),
            (CrystalSystem.Hexagonal, _) => new(0, 0, 0.05, 0.63),
            _ => default,
        };

    /// <summary>By Box and Muller.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private readonly record struct Shape(double MeanB, double SpreadB, double MeanC, double SpreadC);
}
