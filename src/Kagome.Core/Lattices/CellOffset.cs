namespace Kagome.Core.Lattices;

/// <summary>Which copy of the cell: how many lattice vectors a, b and c away.</summary>
public readonly record struct CellOffset(long A, long B, long C)
{
    public static implicit operator Fractional(CellOffset offset) => new(offset.A, offset.B, offset.C);
}
