namespace Kagome.Crystals.Lattices;

/// <summary>Another set of vectors that span the same lattice.</summary>
/// <param name="Lattice">The new vectors, right-handed: Transform · rows of the given lattice.</param>
/// <param name="Transform">Determinant 1 where the given lattice is right-handed, -1 where it is left-handed.</param>
public sealed record ReducedLattice(Lattice Lattice, IntegerMatrix3 Transform)
{
    /// <summary>Counts along the new vectors a position that is counted along the given ones.</summary>
    public Fractional FromOriginal(Fractional position) => position / Transform;

    /// <summary>Counts along the given vectors a position that is counted along the new ones.</summary>
    public Fractional ToOriginal(Fractional position) => position * Transform;
}

/// <summary>A copy of the cell, by how many lattice vectors a, b and c it is away.</summary>
/// <param name="A">Lattice vectors a; whole, of either sign.</param>
/// <param name="B">Lattice vectors b.</param>
/// <param name="C">Lattice vectors c.</param>
public readonly record struct CellOffset(long A, long B, long C)
{
    /// <summary>The offset as a displacement along the lattice vectors, exact up to 2^53 cells.</summary>
    public static implicit operator Fractional(CellOffset offset) => new(offset.A, offset.B, offset.C);
}
