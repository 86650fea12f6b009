using System.Globalization;
using Kagome.Core.Lattices;

namespace Kagome.Core.Symmetry;

/// <summary>A symmetry of a crystal: a rotation or reflection with a shift, in fractional coordinates.</summary>
/// <param name="Rotation">The matrix W: row i says how the new coordinate i follows from the old x, y, z.</param>
/// <param name="Translation">The vector w, in fractions of the lattice vectors.</param>
/// <remarks>Source: International Tables for Crystallography A, section 1.2.2: x' = W x + w.</remarks>
public readonly record struct SymmetryOperation(IntegerMatrix3 Rotation, Fractional Translation)
{
    public static SymmetryOperation Identity { get; } = new(IntegerMatrix3.Identity, default);

    /// <summary>Where the operation takes a position; the result is not wrapped into the cell.</summary>
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
