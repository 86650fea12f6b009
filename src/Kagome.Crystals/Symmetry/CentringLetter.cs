using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>The letter of a cell's centring, by which lattice points it has beside its corners.</summary>
internal static class CentringLetter
{
    /// <summary>P, A, C, I, F or R (obverse); null for another centring.</summary>
    /// <param name="basis">Makes the vectors of the cell from those of a primitive one.</param>
    public static char? Of(IntegerMatrix3 basis)
    {
        (LatticeVector a, LatticeVector b, LatticeVector c) = (
            new(basis.M11, basis.M12, basis.M13),
            new(basis.M21, basis.M22, basis.M23),
            new(basis.M31, basis.M32, basis.M33)
        );
        return Math.Abs(basis.Determinant) switch
        {
            1 => 'P',
            2 when IsMultiple(a + b, 2) => 'C',
            2 when IsMultiple(b + c, 2) => 'A',
            2 when IsMultiple(a + b + c, 2) => 'I',
            3 when IsMultiple((2 * a) + b + c, 3) => 'R',
            4 when IsMultiple(a + b, 2) && IsMultiple(b + c, 2) => 'F',
            _ => null,
        };
    }

    private static bool IsMultiple(LatticeVector vector, int factor) =>
        vector.X % factor == 0 && vector.Y % factor == 0 && vector.Z % factor == 0;
}
