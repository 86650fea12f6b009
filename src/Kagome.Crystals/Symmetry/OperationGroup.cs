using System.Collections.Immutable;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>What a list of symmetry operations is as a whole.</summary>
public static class OperationGroup
{
    /// <summary>How far a length or a product of lengths may be from what the operations ask for, as a fraction: cells are measured.</summary>
    private const double MetricTolerance = 0.02;

    /// <summary>Whether one after another of any two operations is, modulo lattice vectors, one of them; true where shifts are not fractions.</summary>
    public static bool IsGroup(ImmutableArray<SymmetryOperation> operations)
    {
        ExactOperation?[] exact = [.. operations.Select(ExactOperation.Of)];
        if (exact.Any(operation => operation is null))
        {
            return true; // of odd shifts nothing can be said for certain
        }

        HashSet<ExactOperation> known = [.. exact.Select(operation => operation!.Value)];
        return known.All(first => known.All(second => known.Contains(first * second)));
    }

    /// <summary>How many different rotations there are: the order of the point group.</summary>
    public static int PointGroupOrder(ImmutableArray<SymmetryOperation> operations) =>
        operations.Select(operation => operation.Rotation).Distinct().Count();

    /// <summary>Whether a cell has the shape that the operations leave as it is, within 2 %.</summary>
    public static bool Fits(ImmutableArray<SymmetryOperation> operations, Lattice lattice) =>
        operations.Select(operation => operation.Rotation).Distinct().All(rotation => Keeps(rotation, lattice));

    /// <summary>Whether Wᵀ G W = G for the metric tensor G, in units of the lengths.</summary>
    private static bool Keeps(IntegerMatrix3 rotation, Lattice lattice)
    {
        // the images of the lattice vectors are the columns of W
        Cartesian Image(int column) =>
            lattice.ToCartesian(new Fractional(rotation[0, column], rotation[1, column], rotation[2, column]));
        Cartesian[] vectors = [lattice.A, lattice.B, lattice.C];
        Cartesian[] images = [Image(0), Image(1), Image(2)];
        return Enumerable.Range(0, 3).All(row => Enumerable.Range(0, row + 1).All(column => IsKept(row, column)));

        bool IsKept(int row, int column) =>
            Math.Abs(images[row].Dot(images[column]) - vectors[row].Dot(vectors[column]))
            <= 2 * MetricTolerance * vectors[row].Length * vectors[column].Length;
    }

    /// <summary>Every product of the given operations; null where they are more than a space group has.</summary>
    internal static ImmutableArray<SymmetryOperation>? Generated(IReadOnlyList<ExactOperation> generators)
    {
        const int MostOperations = 192;
        List<ExactOperation> found = [ExactOperation.Identity];
        HashSet<ExactOperation> known = [.. found];
        for (int at = 0; at < found.Count; at++)
        {
            foreach (ExactOperation generator in generators)
            {
                ExactOperation product = generator * found[at];
                if (known.Add(product))
                {
                    found.Add(product);
                }
            }

            if (found.Count > MostOperations)
            {
                return null;
            }
        }

        return [.. found.Select(operation => operation.ToOperation())];
    }
}
