using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Neighbors;

/// <summary>Shortest distances between atoms of a crystal, over all periodic copies.</summary>
/// <remarks>Units: Å. Exact also in very skewed cells. To measure many pairs in one lattice, keep a <see cref="NearestImageSearch"/>.</remarks>
public static class PeriodicDistances
{
    /// <summary>The shortest distance between any two atoms, an atom and its own copies included.</summary>
    /// <exception cref="ArgumentException">The lattice is too skewed for double precision.</exception>
    public static double Shortest(Structure structure)
    {
        NearestImageSearch search = new(structure.Lattice);
        double shortest = search.ShortestVectorLength;
        for (int first = 0; first < structure.AtomCount; first++)
        {
            for (int second = 0; second < first; second++)
            {
                shortest = Math.Min(shortest, Length(search, structure, first, second));
            }
        }

        return shortest;
    }

    /// <summary>The shortest way from one position to the nearest copy of another.</summary>
    /// <exception cref="ArgumentException">The lattice is too skewed for double precision.</exception>
    public static PeriodicDistance Shortest(Lattice lattice, Fractional from, Fractional to) =>
        new NearestImageSearch(lattice).Shortest(from, to);

    /// <summary>The shortest distance of each two atoms: a symmetric matrix with zeros on its diagonal.</summary>
    /// <remarks>Shape: [atoms, atoms].</remarks>
    /// <exception cref="ArgumentException">The lattice is too skewed for double precision.</exception>
    public static double[,] Matrix(Structure structure)
    {
        NearestImageSearch search = new(structure.Lattice);
        double[,] distances = new double[structure.AtomCount, structure.AtomCount];
        for (int first = 0; first < structure.AtomCount; first++)
        {
            for (int second = 0; second < first; second++)
            {
                distances[first, second] = distances[second, first] = Length(search, structure, first, second);
            }
        }

        return distances;
    }

    private static double Length(NearestImageSearch search, Structure structure, int first, int second) =>
        search.ShortestLength(structure.Sites[first].Position, structure.Sites[second].Position);
}
