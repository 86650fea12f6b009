using Kagome.Core.Lattices;

namespace Kagome.Core.Neighbors;

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
