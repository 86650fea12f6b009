using CsCheck;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Testing;

/// <summary>Random crystals and their parts, for property tests.</summary>
public static class CrystalGenerators
{
    private const double SmallestEdge = 2; // Å
    private const double LargestEdge = 15; // Å
    private const double SmallestAngle = 50; // degrees
    private const double LargestAngle = 130; // degrees

    /// <summary>Of volume over a·b·c; flatter cells would lose digits, and tolerances could not be tight.</summary>
    private const double SmallestFill = 0.2;

    private const int LargestElementCount = 4;
    private const int LargestCountPerElement = 6;

    public static Gen<Element> Elements { get; } =
        Gen.Int[1, Element.LargestAtomicNumber].Select(number => new Element(number));

    /// <summary>Lengths of 2 to 15 Å and angles of 50 to 130°, far from any flat cell.</summary>
    public static Gen<LatticeParameters> Parameters { get; } =
        Gen.Select(
                Gen.Double[SmallestEdge, LargestEdge].Array[3],
                Gen.Double[SmallestAngle, LargestAngle].Array[3],
                (edges, angles) => new LatticeParameters(edges[0], edges[1], edges[2], angles[0], angles[1], angles[2])
            )
            .Where(parameters => parameters.Volume > SmallestFill * parameters.A * parameters.B * parameters.C);

    /// <summary>Rotations, without reflections: orthogonal 3 x 3 matrices of determinant 1, uniformly distributed.</summary>
    /// <remarks>Source: Shoemake, Uniform random rotations, Graphics Gems III (1992): a uniform unit quaternion.</remarks>
    public static Gen<double[,]> Rotations { get; } =
        Gen.Double[0, 1].Array[3].Select(draws => OfQuaternion(UniformQuaternion(draws)));

    /// <summary>Well-conditioned lattices, right-handed, in any orientation.</summary>
    public static Gen<Lattice> Lattices { get; } =
        Gen.Select(
            Parameters,
            Rotations,
            (parameters, rotation) => Rotate(Lattice.FromParameters(parameters), rotation)
        );

    /// <summary>One to four elements with one to six atoms each.</summary>
    public static Gen<Composition> Compositions { get; } =
        Gen.Select(Elements, Gen.Int[1, LargestCountPerElement])
            .Array[1, LargestElementCount]
            .Select(pairs => new Composition(
                pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))
            ));

    /// <summary>Positions in [0, 1).</summary>
    public static Gen<Fractional> Positions { get; } =
        Gen.Double[0, 1].Array[3].Select(values => new Fractional(values[0], values[1], values[2]).Wrap());

    /// <summary>Structures of 1 … <paramref name="largestAtomCount"/> atoms at random positions, which may be very close.</summary>
    public static Gen<Structure> Structures(int largestAtomCount) =>
        Gen.Select(
            Lattices,
            Gen.Select(Elements, Positions, (element, position) => new Site(element, position)).Array[
                1,
                largestAtomCount
            ],
            (lattice, sites) => new Structure(lattice, sites)
        );

    /// <summary>Orders of <paramref name="count"/> things: each of 0 … count - 1 once.</summary>
    public static Gen<int[]> Permutations(int count) => Gen.Shuffle(Enumerable.Range(0, count).ToArray());

    /// <summary>The lattice turned in space: each vector v becomes rotation · v.</summary>
    public static Lattice Rotate(Lattice lattice, double[,] rotation)
    {
        double Row(int row, Cartesian vector) =>
            (rotation[row, 0] * vector.X) + (rotation[row, 1] * vector.Y) + (rotation[row, 2] * vector.Z);
        Cartesian Turn(Cartesian vector) => new(Row(0, vector), Row(1, vector), Row(2, vector));
        return new Lattice(Turn(lattice.A), Turn(lattice.B), Turn(lattice.C));
    }

    private static (double W, double X, double Y, double Z) UniformQuaternion(double[] draws)
    {
        (double radius, double other) = (Math.Sqrt(1 - draws[0]), Math.Sqrt(draws[0]));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * draws[1]);
        (double otherSine, double otherCosine) = Math.SinCos(2 * Math.PI * draws[2]);
        return (other * otherCosine, radius * sine, radius * cosine, other * otherSine);
    }

    // csharpier-ignore
    private static double[,] OfQuaternion((double W, double X, double Y, double Z) quaternion)
    {
        (double w, double x, double y, double z) = quaternion;
        return new[,]
        {
            { 1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)) },
            { 2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)) },
            { 2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))) },
        };
    }
}
