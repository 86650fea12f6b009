using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>The translations that take a crystal onto itself within a tolerance, found by what generates them.</summary>
/// <remarks>Atoms that a translation joins are of one class. Fractions of translations are exact, as they lead back to where they started from.</remarks>
internal sealed class PureTranslations
{
    /// <summary>A common denominator beyond it comes from no crystal.</summary>
    private const long LargestDenominator = 1 << 20;

    private readonly int[] parents;
    private readonly List<(long X, long Y, long Z, long Order)> generators = [];

    private PureTranslations(int atomCount) => parents = [.. Enumerable.Range(0, atomCount)];

    /// <summary>The denominator of <see cref="Rows"/>.</summary>
    public long Denominator { get; private set; } = 1;

    /// <summary>The vectors of a primitive cell, in fractions of those of the cell.</summary>
    public IntegerMatrix3 Rows { get; private set; } = IntegerMatrix3.Identity;

    /// <summary>Atoms of each class, in the order of their first ones.</summary>
    public int[][] Classes { get; private set; } = [];

    /// <summary>The translations; null where those within the tolerance are no lattice.</summary>
    /// <param name="reduced">The crystal in a reduced cell.</param>
    /// <param name="lookup">Its atoms.</param>
    /// <param name="toleranceAngstrom">How far atoms may be from where a translation takes them.</param>
    public static PureTranslations? Find(Structure reduced, AtomLookup lookup, double toleranceAngstrom)
    {
        PureTranslations found = new(reduced.AtomCount);
        int[] images = new int[reduced.AtomCount];
        int first = lookup.Rarest[0];
        foreach (int atom in lookup.Rarest)
        {
            if (found.Root(atom) == found.Root(first))
            {
                continue;
            }

            Fractional shift = (reduced.Sites[atom].Position - reduced.Sites[first].Position).WrapToNearest();
            if (
                lookup.TryMap(
                    new(IntegerMatrix3.Identity, shift),
                    toleranceAngstrom,
                    images,
                    out Fractional _,
                    out double _
                )
            )
            {
                found.Add(reduced, first, shift, images);
            }
        }

        return found.TryFinish() ? found : null;
    }

    /// <summary>Follows an atom round until it is back, so that the sum of its steps is a lattice vector.</summary>
    private void Add(Structure reduced, int first, Fractional shift, int[] images)
    {
        (Fractional sum, long order, int atom) = (default, 0, first);
        do
        {
            Fractional step = reduced.Sites[images[atom]].Position - reduced.Sites[atom].Position;
            sum += shift + (step - shift).WrapToNearest();
            atom = images[atom];
            order++;
        } while (atom != first);

        generators.Add(((long)Math.Round(sum.X), (long)Math.Round(sum.Y), (long)Math.Round(sum.Z), order));
        for (int from = 0; from < images.Length; from++)
        {
            parents[Root(from)] = Root(images[from]);
        }
    }

    private int Root(int atom)
    {
        while (parents[atom] != atom)
        {
            atom = parents[atom] = parents[parents[atom]];
        }

        return atom;
    }

    private bool TryFinish()
    {
        Classes = [.. Enumerable.Range(0, parents.Length).GroupBy(Root).Select(group => group.ToArray())];
        if (Classes.Any(atoms => atoms.Length != Classes[0].Length))
        {
            return false;
        }

        foreach ((_, _, _, long order) in generators)
        {
            Denominator =
                Denominator / (long)System.Numerics.BigInteger.GreatestCommonDivisor(Denominator, order) * order;
            if (Denominator > LargestDenominator)
            {
                return false;
            }
        }

        Rows = SpannedLattice.Basis(
            Denominator,
            generators.Select(generator =>
            {
                long factor = Denominator / generator.Order;
                return (generator.X * factor, generator.Y * factor, generator.Z * factor);
            })
        );
        return Rows.ExactDeterminant * Classes[0].Length == Denominator * Denominator * Denominator;
    }
}

/// <summary>The lattice that vectors of integers span.</summary>
internal static class SpannedLattice
{
    /// <summary>A triangular basis of what the vectors and multiples of the unit vectors span.</summary>
    /// <param name="multiple">Times a unit vector is in the lattice.</param>
    /// <param name="vectors">Others that are in it.</param>
    public static IntegerMatrix3 Basis(long multiple, IEnumerable<(long X, long Y, long Z)> vectors)
    {
        List<long[]> rows =
        [
            .. vectors.Select(vector => new[] { vector.X % multiple, vector.Y % multiple, vector.Z % multiple }),
        ];
        rows.InsertRange(
            0,
            [
                [multiple, 0, 0],
                [0, multiple, 0],
                [0, 0, multiple],
            ]
        );
        long[][] basis = new long[3][];
        for (int column = 0; column < 3; column++)
        {
            basis[column] = rows.First(row => row[column] != 0);
            _ = rows.Remove(basis[column]);
            foreach (long[] row in rows)
            {
                while (row[column] != 0)
                {
                    long quotient = basis[column][column] / row[column];
                    for (int at = 0; at < 3; at++)
                    {
                        (basis[column][at], row[at]) = (row[at], basis[column][at] - (quotient * row[at]));
                    }
                }
            }

            if (basis[column][column] < 0)
            {
                basis[column] = [.. basis[column].Select(entry => -entry)];
            }
        }

        Reduce(basis[1], basis[2], 2);
        Reduce(basis[0], basis[1], 1);
        Reduce(basis[0], basis[2], 2);
        return new(
            (int)basis[0][0],
            (int)basis[0][1],
            (int)basis[0][2],
            0,
            (int)basis[1][1],
            (int)basis[1][2],
            0,
            0,
            (int)basis[2][2]
        );
    }

    /// <summary>Makes an entry smaller than that of the lower row on the diagonal.</summary>
    private static void Reduce(long[] row, long[] lower, int column)
    {
        long quotient = row[column] / lower[column];
        for (int at = column; at < 3; at++)
        {
            row[at] -= quotient * lower[at];
        }
    }
}
