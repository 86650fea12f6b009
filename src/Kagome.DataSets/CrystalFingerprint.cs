using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.DataSets;

/// <summary>A few numbers that tell crystals of one formula apart quickly, whatever cell they are given in.</summary>
/// <remarks>
/// <para>
/// For each element, and k = 1 … 12: how far an atom of it is from its k-th nearest atom of any element, on average. Unit: (V/N)^(1/3), since
/// the matcher, too, brings crystals to one volume.
/// </para>
/// <para>
/// Source: average minimum distances, Widdowson, Mosca, Pulido, Cooper, Kurlin, MATCH 87 (2022) 529-559; ours are averages by element.
/// A displacement of all atoms by at most d changes them by at most 2 d, so that like crystals have like fingerprints.
/// </para>
/// <para>Cannot change: safe to use from several threads.</para>
/// </remarks>
internal sealed class CrystalFingerprint
{
    /// <summary>The largest distance of crystals that may be the same: see docs/decisions/0014-data-sets.md for what that costs.</summary>
    public const float LargestDistance = 0.2f;

    private const int NeighborCount = 12;

    /// <summary>The most distances that are measured; a cell that needs more, a needle or plate, has no fingerprint.</summary>
    private const double MostDistances = 2e7;

    /// <summary>The first radius to look within, in (V/N)^(1/3): a sphere of it holds 30 atoms on average.</summary>
    private const double FirstRadius = 1.93;

    private const double RadiusGrowth = 1.5;

    /// <summary>Mean distances by element in the order of atomic numbers, then by neighbour; null where nothing could be measured.</summary>
    private readonly float[]? numbers;

    private CrystalFingerprint(float[]? numbers) => this.numbers = numbers;

    /// <summary>Measures a crystal. One that is too skewed, or a needle or plate, cannot be measured, and is then at distance 0 from all.</summary>
    public static CrystalFingerprint Of(Structure structure)
    {
        if (!LllReduction.TryReduce(structure.Lattice, out ReducedLattice? reduced))
        {
            return new CrystalFingerprint(null);
        }

        Site[] sites =
        [
            .. structure
                .Sites.Select(site => site with { Position = reduced.FromOriginal(site.Position).Wrap() })
                .OrderBy(site => site.Element),
        ];
        double unit = Math.Cbrt(structure.VolumePerAtom);
        double[][]? distances = null;
        for (double radius = FirstRadius; distances is null; radius *= RadiusGrowth)
        {
            if (CountDistances(reduced.Lattice, sites.Length, radius * unit) > MostDistances)
            {
                return new CrystalFingerprint(null);
            }

            distances = Nearest(reduced.Lattice, sites, radius * unit);
        }

        return new CrystalFingerprint(Averages(sites, distances, unit));
    }

    /// <summary>The root mean square difference of the numbers; 0 where one of the crystals could not be measured.</summary>
    /// <remarks>Infinite for different numbers of elements; what these are makes no difference.</remarks>
    public float Distance(CrystalFingerprint other)
    {
        if (numbers is null || other.numbers is null)
        {
            return 0;
        }

        if (numbers.Length != other.numbers.Length)
        {
            return float.PositiveInfinity;
        }

        float sum = 0;
        for (int index = 0; index < numbers.Length; index++)
        {
            float difference = numbers[index] - other.numbers[index];
            sum += difference * difference;
        }

        return MathF.Sqrt(sum / numbers.Length);
    }

    private static (int A, int B, int C) Reach(Lattice lattice, double radius)
    {
        Lattice reciprocal = lattice.Reciprocal;
        // positions lie in [0, 1), so that two differ by less than 1
        return (
            (int)Math.Ceiling(radius * reciprocal.A.Length),
            (int)Math.Ceiling(radius * reciprocal.B.Length),
            (int)Math.Ceiling(radius * reciprocal.C.Length)
        );
    }

    private static double CountDistances(Lattice lattice, int atoms, double radius)
    {
        (double a, double b, double c) = Reach(lattice, radius);
        return ((2 * a) + 1) * ((2 * b) + 1) * ((2 * c) + 1) * atoms * atoms;
    }

    /// <summary>The distances in Å of each atom to its nearest ones, shortest first; null where an atom has too few within the radius.</summary>
    private static double[][]? Nearest(Lattice lattice, Site[] sites, double radius)
    {
        Cartesian[] positions = Array.ConvertAll(sites, site => lattice.ToCartesian(site.Position));
        Cartesian[] copies = [.. Copies(lattice, radius)];
        double[][] nearest = new double[sites.Length][];
        List<double> squared = [];
        for (int site = 0; site < nearest.Length; site++)
        {
            squared.Clear();
            CollectSquared(positions, site, copies, radius * radius, squared);
            if (squared.Count < NeighborCount)
            {
                return null;
            }

            squared.Sort();
            nearest[site] = [.. squared.Take(NeighborCount).Select(Math.Sqrt)];
        }

        return nearest;
    }

    private static IEnumerable<Cartesian> Copies(Lattice lattice, double radius)
    {
        (int reachA, int reachB, int reachC) = Reach(lattice, radius);
        for (int a = -reachA; a <= reachA; a++)
        {
            for (int b = -reachB; b <= reachB; b++)
            {
                for (int c = -reachC; c <= reachC; c++)
                {
                    yield return lattice.ToCartesian(new(a, b, c));
                }
            }
        }
    }

    private static void CollectSquared(
        Cartesian[] positions,
        int site,
        Cartesian[] copies,
        double largest,
        List<double> squared
    )
    {
        for (int other = 0; other < positions.Length; other++)
        {
            Cartesian between = positions[other] - positions[site];
            foreach (Cartesian copy in copies)
            {
                double length = (between + copy).LengthSquared;
                if (length <= largest && (other != site || copy != default))
                {
                    squared.Add(length);
                }
            }
        }
    }

    private static float[] Averages(Site[] sites, double[][] distances, double unit) =>
        [
            .. sites
                .Zip(distances)
                .GroupBy(pair => pair.First.Element, pair => pair.Second)
                .SelectMany(atoms =>
                    Enumerable
                        .Range(0, NeighborCount)
                        .Select(neighbor => (float)(atoms.Average(atom => atom[neighbor]) / unit))
                ),
        ];
}
