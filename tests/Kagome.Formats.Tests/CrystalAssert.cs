using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Formats.Tests;

/// <summary>Compares crystals that went through a file.</summary>
internal static class CrystalAssert
{
    /// <summary>Å, degrees and fractions: what twelve decimals in a file keep.</summary>
    public const double FileTolerance = 2e-9;

    /// <summary>The same atoms in the same order, and the same distances between them, orientation aside.</summary>
    public static void SameUpToOrientation(Structure expected, Structure actual, double tolerance = FileTolerance)
    {
        Assert.Equal(expected.Sites.Select(site => site.Element), actual.Sites.Select(site => site.Element));
        AssertClose(expected.Lattice.Parameters, actual.Lattice.Parameters, tolerance);
        double sign = Math.Sign(expected.Lattice.Determinant * actual.Lattice.Determinant);
        for (int site = 0; site < expected.AtomCount; site++)
        {
            AssertClose(sign, expected.Sites[site].Position, actual.Sites[site].Position, tolerance);
        }
    }

    /// <summary>The same lattice vectors and positions.</summary>
    public static void Same(Structure expected, Structure actual, double tolerance = FileTolerance)
    {
        Assert.True((expected.Lattice.A - actual.Lattice.A).Length <= tolerance);
        Assert.True((expected.Lattice.B - actual.Lattice.B).Length <= tolerance);
        Assert.True((expected.Lattice.C - actual.Lattice.C).Length <= tolerance);
        SameUpToOrientation(expected, actual, tolerance);
    }

    private static void AssertClose(LatticeParameters expected, LatticeParameters actual, double tolerance)
    {
        double[] differences =
        [
            expected.A - actual.A,
            expected.B - actual.B,
            expected.C - actual.C,
            expected.Alpha - actual.Alpha,
            expected.Beta - actual.Beta,
            expected.Gamma - actual.Gamma,
        ];
        Assert.All(differences, difference => Assert.InRange(difference, -tolerance, tolerance));
    }

    private static void AssertClose(double sign, Fractional expected, Fractional actual, double tolerance)
    {
        Fractional difference = new Fractional(
            (sign * expected.X) - actual.X,
            (sign * expected.Y) - actual.Y,
            (sign * expected.Z) - actual.Z
        ).WrapToNearest();
        Assert.InRange(difference.X, -tolerance, tolerance);
        Assert.InRange(difference.Y, -tolerance, tolerance);
        Assert.InRange(difference.Z, -tolerance, tolerance);
    }
}
