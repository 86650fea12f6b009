using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Neighbors;

/// <summary>Finds the nearest periodic copy of a position: exact for every cell, with work that its shape hardly changes.</summary>
public sealed class NearestImageSearch
{
    private readonly Lattice lattice;
    private readonly ReducedLattice reduced;
    private readonly ImageLayers layers;

    /// <exception cref="ArgumentException">The vectors are too different or too skewed for double precision.</exception>
    public NearestImageSearch(Lattice lattice)
    {
        this.lattice = lattice;
        reduced = NiggliReduction.Reduce(lattice);
        layers = new(reduced.Lattice);
    }

    /// <summary>Length of the shortest lattice vector in Å: how far an atom is from its own nearest copy.</summary>
    /// <remarks>A Niggli cell's a is the shortest vector of its lattice.</remarks>
    public double ShortestVectorLength => reduced.Lattice.A.Length;

    /// <summary>The shortest way from one position to any copy of another; both may lie in any cell.</summary>
    public PeriodicDistance Shortest(Fractional from, Fractional to)
    {
        Fractional difference = to - from;
        Fractional wrapped = difference.WrapToNearest();
        layers.Nearest(InReducedCell(wrapped), out CellOffset copy);
        Fractional offset = reduced.ToOriginal(copy);
        Cartesian vector = lattice.ToCartesian(wrapped + offset);
        Fractional image = wrapped - difference + offset;
        return new(vector.Length, vector, new(Whole(image.X), Whole(image.Y), Whole(image.Z)));
    }

    /// <summary>The length in Å of <see cref="Shortest"/>, without the vector.</summary>
    public double ShortestLength(Fractional from, Fractional to) =>
        layers.Nearest(InReducedCell((to - from).WrapToNearest()), out _).Length;

    private static long Whole(double value) => (long)Math.Round(value);

    private Fractional InReducedCell(Fractional difference) =>
        reduced.Lattice.ToFractional(lattice.ToCartesian(difference));
}

/// <summary>The shortest way from one position to any copy of another.</summary>
/// <param name="LengthAngstrom">Length of <paramref name="Vector"/> in Å.</param>
/// <param name="Vector">From the first position to the nearest copy of the second.</param>
/// <param name="Image">The nearest copy is the second position plus this offset.</param>
public readonly record struct PeriodicDistance(double LengthAngstrom, Cartesian Vector, CellOffset Image);
