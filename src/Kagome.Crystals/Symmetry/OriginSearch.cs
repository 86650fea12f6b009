using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>Finds the origins from which the operations of a crystal have the shifts of a setting.</summary>
/// <remarks>
/// <para>
/// From the origin q the shift of an operation (W, w) is w + (W - 1) q, modulo lattice vectors. For operations that generate the group this is a
/// system of equations in integers, which the Smith form of the matrices W - 1 one above the other solves; it is the same for all settings.
/// </para>
/// <para>Source: R. W. Grosse-Kunstleve, Acta Cryst. A55 (1999) 383-395.</para>
/// </remarks>
internal sealed class OriginSearch
{
    private readonly IReadOnlyList<SymmetryOperation> operations;
    private readonly int[] generators;
    private readonly SmithForm form;
    private readonly Lattice lattice;

    /// <param name="operations">A group in the vectors of a primitive cell, the identity among them.</param>
    /// <param name="lattice">The primitive cell.</param>
    public OriginSearch(IReadOnlyList<SymmetryOperation> operations, Lattice lattice)
    {
        (this.operations, this.lattice) = (operations, lattice);
        generators = Generators(operations);
        long[,] stacked = new long[3 * generators.Length, 3];
        for (int at = 0; at < generators.Length; at++)
        {
            for (int entry = 0; entry < 9; entry++)
            {
                (int row, int column) = (entry / 3, entry % 3);
                stacked[(3 * at) + row, column] =
                    operations[generators[at]].Rotation[row, column] - (row == column ? 1 : 0);
            }
        }

        form = new(stacked);
    }

    /// <summary>The origin that is nearest to the given one.</summary>
    /// <param name="wanted">The shift of each operation in the setting, along the primitive vectors.</param>
    /// <param name="toleranceAngstrom">How far shifts may be from what they should be.</param>
    /// <returns>Null where no origin gives these shifts.</returns>
    public Fractional? Find(Fractional[] wanted, double toleranceAngstrom)
    {
        double[] solved = Solved(wanted);
        Fractional? nearest = null;
        double nearestLength = double.PositiveInfinity;
        long solutions = form.Diagonal.Aggregate(1L, (product, entry) => product * Math.Abs(entry));
        for (long solution = 0; solution < solutions; solution++)
        {
            Fractional origin = Origin(solved, solution);
            if (TryRefine(ref origin, wanted, toleranceAngstrom))
            {
                double length = Math.Round(lattice.ToCartesian(origin).Length, 5);
                if (length < nearestLength)
                {
                    (nearest, nearestLength) = (origin, length);
                }
            }
            else if (solution == 0)
            {
                return null; // the others differ by what shifts do not see
            }
        }

        return nearest;
    }

    private static int[] Generators(IReadOnlyList<SymmetryOperation> operations)
    {
        List<int> chosen = [];
        List<IntegerMatrix3> generated = [IntegerMatrix3.Identity];
        HashSet<IntegerMatrix3> known = [.. generated];
        for (int at = 0; at < operations.Count && generated.Count < operations.Count; at++)
        {
            if (known.Contains(operations[at].Rotation))
            {
                continue;
            }

            chosen.Add(at);
            for (int from = 0; from < generated.Count; from++)
            {
                foreach (int generator in chosen)
                {
                    IntegerMatrix3 product = operations[generator].Rotation * generated[from];
                    if (known.Add(product))
                    {
                        generated.Add(product);
                    }
                }
            }
        }

        return [.. chosen];
    }

    /// <summary>Left · (wanted - found shifts).</summary>
    private double[] Solved(Fractional[] wanted)
    {
        double[] differences = new double[3 * generators.Length];
        for (int at = 0; at < generators.Length; at++)
        {
            Fractional difference = wanted[generators[at]] - operations[generators[at]].Translation;
            (differences[3 * at], differences[(3 * at) + 1], differences[(3 * at) + 2]) = (
                difference.X,
                difference.Y,
                difference.Z
            );
        }

        double[] solved = new double[form.Rank];
        for (int row = 0; row < form.Rank; row++)
        {
            for (int column = 0; column < differences.Length; column++)
            {
                solved[row] += form.Left[row, column] * differences[column];
            }
        }

        return solved;
    }

    /// <summary>One of the solutions: each row may be any whole number more.</summary>
    private Fractional Origin(double[] solved, long solution)
    {
        double[] origin = new double[3];
        for (int row = 0; row < form.Rank; row++)
        {
            long divisor = Math.Abs(form.Diagonal[row]);
            double value = (solved[row] + (solution % divisor)) / form.Diagonal[row];
            solution /= divisor;
            for (int at = 0; at < 3; at++)
            {
                origin[at] += form.Right[at, row] * value;
            }
        }

        return new(origin[0], origin[1], origin[2]);
    }

    /// <summary>Moves the origin so that the errors of all shifts are least, and back along what the group leaves free.</summary>
    private bool TryRefine(ref Fractional origin, Fractional[] wanted, double toleranceAngstrom)
    {
        Fractional sum = default;
        for (int at = 0; at < operations.Count; at++)
        {
            sum += Error(at, origin, wanted);
        }

        double share = 1.0 / operations.Count;
        origin += new Fractional(share * sum.X, share * sum.Y, share * sum.Z);
        for (int at = 0; at < operations.Count; at++)
        {
            if (lattice.ToCartesian(Error(at, origin, wanted)).Length > toleranceAngstrom)
            {
                return false;
            }
        }

        origin = WithoutFreePart(origin.WrapToNearest());
        return true;
    }

    /// <summary>By how much the shift of an operation, seen from an origin, is not what is wanted.</summary>
    private Fractional Error(int at, Fractional origin, Fractional[] wanted) =>
        (operations[at].Apply(origin) - origin - wanted[at]).WrapToNearest();

    private Fractional WithoutFreePart(Fractional origin)
    {
        Fractional sum = default;
        foreach (SymmetryOperation operation in operations)
        {
            sum += (operation with { Translation = default }).Apply(origin);
        }

        double share = 1.0 / operations.Count;
        return origin - new Fractional(share * sum.X, share * sum.Y, share * sum.Z);
    }
}
