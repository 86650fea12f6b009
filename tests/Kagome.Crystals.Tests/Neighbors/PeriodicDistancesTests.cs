using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Neighbors;

public sealed class PeriodicDistancesTests
{
    private const double Tolerance = 1e-6;
    private static readonly Element Sodium = new(11);

    [Fact]
    public void Shortest_skewed_cells_agrees_with_trying_all_copies() =>
        Gen.Select(UnreducedCrystals.Lattice, UnreducedCrystals.Position, UnreducedCrystals.Position)
            .Sample(
                (lattice, from, to) =>
                {
                    PeriodicDistance found = PeriodicDistances.Shortest(lattice, from, to);
                    Assert.Equal(ShortestByTryingAll(lattice, from, to), found.LengthAngstrom, Tolerance);
                    Cartesian vector = lattice.ToCartesian(to + found.Image - from);
                    Assert.Equal(0, (vector - found.Vector).Length, Tolerance);
                    Assert.Equal(
                        found.LengthAngstrom,
                        new NearestImageSearch(lattice).ShortestLength(from, to),
                        Tolerance
                    );
                },
                iter: 200
            );

    [Fact]
    public void Shortest_any_description_of_a_lattice_is_the_same() =>
        Gen.Select(UnreducedCrystals.Lattice, UnreducedCrystals.Unimodular, UnreducedCrystals.Position)
            .Sample(
                (lattice, matrix, position) =>
                {
                    double plain = PeriodicDistances.Shortest(lattice, default, position).LengthAngstrom;
                    Lattice skewed = lattice.Transform(matrix);
                    double other = PeriodicDistances.Shortest(skewed, default, position / matrix).LengthAngstrom;
                    Assert.Equal(plain, other, Tolerance);
                }
            );

    [Fact]
    public void Shortest_single_atom_is_its_nearest_copy() =>
        Assert.Equal(
            2,
            PeriodicDistances.Shortest(
                new Structure(new(new(2, 0, 0), new(200, 3, 0), new(100, 70, 4)), [new Site(Sodium, default)])
            ),
            Tolerance
        );

    [Fact]
    public void Shortest_structure_is_the_least_of_all_pairs_and_lattice_vectors() =>
        UnreducedCrystals.Structure.Sample(
            structure =>
            {
                double[,] matrix = PeriodicDistances.Matrix(structure);
                double expected = ShortestVectorByTryingAll(structure.Lattice);
                for (int first = 0; first < structure.AtomCount; first++)
                {
                    for (int second = 0; second < first; second++)
                    {
                        expected = Math.Min(expected, matrix[first, second]);
                    }
                }

                Assert.Equal(expected, PeriodicDistances.Shortest(structure), Tolerance);
            },
            iter: 50
        );

    [Fact]
    public void Shortest_coincident_atoms_is_zero() =>
        Assert.Equal(
            0,
            PeriodicDistances.Shortest(
                new Structure(Lattice.Cubic(4), [new Site(Sodium, default), new Site(Sodium, new(1, -3, 0))])
            ),
            Tolerance
        );

    [Fact]
    public void Matrix_is_symmetric_with_zeros_on_its_diagonal()
    {
        Structure structure = new(
            Lattice.Cubic(4),
            [new Site(Sodium, default), new Site(Sodium, new(0.75, 0, 0)), new Site(Sodium, new(0.5, 0.5, 0.5))]
        );
        double[,] matrix = PeriodicDistances.Matrix(structure);
        Assert.Equal(0, matrix[1, 1]);
        Assert.Equal(1, matrix[0, 1], Tolerance);
        Assert.Equal(1, matrix[1, 0], Tolerance);
        Assert.Equal(Math.Sqrt(12), matrix[2, 0], Tolerance);
        Assert.Equal(1, PeriodicDistances.Shortest(structure), Tolerance);
    }

    [Theory]
    [InlineData(1e-4, 1, 1e4)]
    [InlineData(1e-3, 1e-3, 1e6)]
    [InlineData(1e6, 1e6, 1e-3)]
    public void Shortest_needle_and_plate_cells_end_at_once(double a, double b, double c)
    {
        Lattice lattice = Lattice.FromParameters(new(a, b, c, 80, 75, 95));
        double length = PeriodicDistances.Shortest(lattice, default, new(0.4, 0.3, 0.45)).LengthAngstrom;
        Assert.InRange(length, 0, a + b + c);
    }

    [Fact]
    public void Shortest_cell_beyond_double_precision_is_an_error_at_once()
    {
        Lattice lattice = Lattice.FromParameters(new(1e-6, 1, 1e6, 80, 75, 95));
        Assert.Throws<ArgumentException>(() => PeriodicDistances.Shortest(lattice, default, default));
    }

    [Fact]
    public void Shortest_huge_coordinates_still_ends() =>
        Assert.True(
            double.IsFinite(
                PeriodicDistances.Shortest(Lattice.Cubic(4), default, new(1e300, -1e300, 1e17)).LengthAngstrom
            )
        );

    /// <summary>The slow, obvious way: every copy within reach of the distance to one of them.</summary>
    private static double ShortestByTryingAll(Lattice lattice, Fractional from, Fractional to)
    {
        Fractional difference = (to - from).WrapToNearest();
        double reach = lattice.ToCartesian(difference).Length;
        return CopiesWithin(lattice, difference, reach).Min();
    }

    private static double ShortestVectorByTryingAll(Lattice lattice) =>
        CopiesWithin(lattice, default, lattice.A.Length).Where(length => length > Tolerance).Min();

    /// <summary>Lengths of a vector plus lattice vectors: at least all those up to the reach.</summary>
    private static IEnumerable<double> CopiesWithin(Lattice lattice, Fractional difference, double reach)
    {
        Lattice reciprocal = lattice.Reciprocal;
        (int a, int b, int c) = (Range(reciprocal.A), Range(reciprocal.B), Range(reciprocal.C));
        for (int i = -a; i <= a; i++)
        {
            for (int j = -b; j <= b; j++)
            {
                for (int k = -c; k <= c; k++)
                {
                    yield return lattice.ToCartesian(difference + new Fractional(i, j, k)).Length;
                }
            }
        }

        int Range(Cartesian reciprocalVector) => (int)Math.Ceiling((reach * reciprocalVector.Length) + 0.5);
    }
}
