using System.Collections.Immutable;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>A Wyckoff position in a primitive cell: where its sites are for given free parameters, and which parameters given sites have.</summary>
/// <remarks>
/// The first site is <see cref="Directions"/> · parameters + <see cref="Offset"/>; each of <see cref="Images"/> takes it to one of the sites.
/// The parameters are chosen such that each runs from 0 to 1 once, and that positions modulo 1 tell them modulo 1.
/// </remarks>
public sealed class SiteOrbit
{
    private const double SamePlace = 1e-6;
    private const int ShiftDenominator = 48;

    internal SiteOrbit(
        WyckoffPosition position,
        IntegerMatrix3 conventionalOfPrimitive,
        ImmutableArray<SymmetryOperation> operations
    )
    {
        Position = position;
        Offset = Snap(position.Offset * conventionalOfPrimitive);
        (Directions, Parameters, Freedom) = SublatticeBasis.Of([
            .. Enumerable.Range(0, 3).Select(free => Column(position.Map, free) * conventionalOfPrimitive),
        ]);
        Images =
        [
            .. operations.DistinctBy(operation => (operation.Rotation * Directions, Place(operation.Apply(Offset)))),
        ];
    }

    /// <summary>The position in the conventional cell.</summary>
    public WyckoffPosition Position { get; }

    /// <summary>The Wyckoff letter, such as a; A for the one after z, in Pmmm.</summary>
    public char Letter => Position.Letter;

    /// <summary>Sites in the primitive cell: those of the conventional one, divided by its lattice points.</summary>
    public int Multiplicity => Images.Length;

    /// <summary>How many parameters are free: 0 to 3.</summary>
    public int Freedom { get; }

    /// <summary>Column i says how the first site moves with parameter i; columns from <see cref="Freedom"/> on are 0.</summary>
    public IntegerMatrix3 Directions { get; }

    /// <summary>Row i says how parameter i follows from the first site less the offset; rows from <see cref="Freedom"/> on are 0.</summary>
    public IntegerMatrix3 Parameters { get; }

    /// <summary>The first site where all parameters are 0.</summary>
    public Fractional Offset { get; }

    /// <summary>The operations that take the first site to each of the sites; the identity first.</summary>
    public ImmutableArray<SymmetryOperation> Images { get; }

    /// <summary>All sites for given parameters, in [0, 1).</summary>
    public IEnumerable<Fractional> Sites(Fractional parameters)
    {
        Fractional first = new SymmetryOperation(Directions, Offset).Apply(parameters);
        return Images.Select(image => image.Apply(first).Wrap());
    }

    /// <summary>Multiplicity in the conventional cell and letter, such as 4a.</summary>
    public override string ToString() => $"{Position}";

    /// <summary>A shift in [0, 1) without the rounding of thirds.</summary>
    internal static Fractional Snap(Fractional shift) =>
        new Fractional(Snap(shift.X), Snap(shift.Y), Snap(shift.Z)).Wrap();

    private static double Snap(double shift) => Math.Round(shift * ShiftDenominator) / ShiftDenominator;

    private static Fractional Column(IntegerMatrix3 matrix, int column) =>
        new(matrix[0, column], matrix[1, column], matrix[2, column]);

    private static (long, long, long) Place(Fractional position)
    {
        static long Round(double coordinate)
        {
            double places = Math.Round(1 / SamePlace);
            return (long)Math.Round((coordinate - Math.Floor(coordinate)) * places) % (long)places;
        }

        return (Round(position.X), Round(position.Y), Round(position.Z));
    }
}

/// <summary>The lattice points of a line, a plane or all of space, counted without gaps.</summary>
internal static class SublatticeBasis
{
    /// <summary>The shortest steps that lattice points of a span are apart.</summary>
    /// <param name="spanning">Whole vectors, some of which may be 0.</param>
    /// <returns>
    /// Basis: its columns are a basis of all whole vectors in the span, filled up by 0. Coordinates: the whole matrix whose product with the
    /// basis is 1, filled up by 0. Both by row operations of determinant ±1, as for the Hermite form.
    /// </returns>
    public static (IntegerMatrix3 Basis, IntegerMatrix3 Coordinates, int Dimension) Of(
        IReadOnlyList<Fractional> spanning
    )
    {
        int[][] rows =
        [
            [.. spanning.Select(vector => (int)Math.Round(vector.X)), 1, 0, 0],
            [.. spanning.Select(vector => (int)Math.Round(vector.Y)), 0, 1, 0],
            [.. spanning.Select(vector => (int)Math.Round(vector.Z)), 0, 0, 1],
        ];
        int dimension = 0;
        for (int column = 0; column < spanning.Count && dimension < 3; column++)
        {
            dimension += Reduce(rows, dimension, column) ? 1 : 0;
        }

        int Entry(int row, int column) => row < dimension ? rows[row][spanning.Count + column] : 0;
        IntegerMatrix3 whole = Matrix((row, column) => rows[row][spanning.Count + column]);
        return (
            Matrix((row, column) => column < dimension ? InverseEntry(whole, row, column) : 0),
            Matrix(Entry),
            dimension
        );
    }

    /// <summary>Makes all entries of a column below a row 0, by Euclid's algorithm on the rows; false where all are 0 from it on.</summary>
    private static bool Reduce(int[][] rows, int top, int column)
    {
        while (true)
        {
            int[] places = [.. Enumerable.Range(top, 3 - top).Where(row => rows[row][column] != 0)];
            if (places.Length == 0)
            {
                return false;
            }

            int smallest = places.MinBy(row => Math.Abs(rows[row][column]));
            (rows[top], rows[smallest]) = (rows[smallest], rows[top]);
            if (places.Length == 1)
            {
                return true;
            }

            for (int row = top + 1; row < 3; row++)
            {
                int factor = rows[row][column] / rows[top][column];
                rows[row] = [.. rows[row].Zip(rows[top], (entry, other) => entry - (factor * other))];
            }
        }
    }

    private static int InverseEntry(IntegerMatrix3 unimodular, int row, int column)
    {
        Fractional inverse = new Fractional(row == 0 ? 1 : 0, row == 1 ? 1 : 0, row == 2 ? 1 : 0) / unimodular;
        return (int)
            Math.Round(
                column == 0 ? inverse.X
                : column == 1 ? inverse.Y
                : inverse.Z
            );
    }

    private static IntegerMatrix3 Matrix(Func<int, int, int> entry) =>
        new(
            entry(0, 0),
            entry(0, 1),
            entry(0, 2),
            entry(1, 0),
            entry(1, 1),
            entry(1, 2),
            entry(2, 0),
            entry(2, 1),
            entry(2, 2)
        );
}
