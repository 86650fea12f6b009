using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome;

/// <summary>The moves of a crystal that keep its space group: what is left of a gradient, and of a step, under all its operations.</summary>
/// <remarks>
/// <para>
/// Of x' = W x + w, steps of coordinates turn by W, and steps D of the lattice's rows are Wᵀ D R for the rotation R of space, since
/// R (a, b, c) = (a, b, c) W; gradients turn by what is transposed to that. The mean over the group is the projection on what it leaves as it is, so
/// that a crystal with exact symmetry keeps it however many steps are made.
/// </para>
/// <para>Safe to use from several threads.</para>
/// </remarks>
internal sealed class InvariantMoves
{
    private readonly int atomCount;
    private readonly Move[] moves;

    /// <param name="symmetrised">The crystal with exact symmetry.</param>
    /// <param name="operations">A group of its symmetries, along its own vectors.</param>
    public InvariantMoves(Structure symmetrised, IEnumerable<SymmetryOperation> operations)
    {
        atomCount = symmetrised.AtomCount;
        moves = [.. operations.Select(operation => new Move(symmetrised, operation))];
    }

    /// <summary>The part of a gradient that moves along the group: in its lists, coordinates come first and then the lattice's rows, as in <see cref="CrystalPoint"/>.</summary>
    public double[] OfGradient(double[] gradient)
    {
        double[] mean = new double[gradient.Length];
        foreach (Move move in moves)
        {
            for (int atom = 0; atom < atomCount; atom++)
            {
                int image = 3 * move.Images[atom];
                for (int row = 0; row < 3; row++)
                {
                    for (int column = 0; column < 3; column++)
                    {
                        mean[(3 * atom) + row] += move.W[(3 * column) + row] * gradient[image + column];
                    }
                }
            }

            AddLattice(mean, gradient, move.W, Transposed(move.R));
        }

        return Mean(mean);
    }

    /// <summary>The part of a step that the group leaves as it is.</summary>
    public double[] OfStep(double[] step)
    {
        double[] mean = new double[step.Length];
        foreach (Move move in moves)
        {
            for (int atom = 0; atom < atomCount; atom++)
            {
                int image = 3 * move.Images[atom];
                for (int row = 0; row < 3; row++)
                {
                    for (int column = 0; column < 3; column++)
                    {
                        mean[image + row] += move.W[(3 * row) + column] * step[(3 * atom) + column];
                    }
                }
            }

            AddLattice(mean, step, Transposed(move.W), move.R);
        }

        return Mean(mean);
    }

    /// <summary>Adds left · D · right, of the lattice's rows D.</summary>
    private void AddLattice(double[] sum, double[] list, double[] left, double[] right)
    {
        double[] lattice = Product(Product(left, list[(3 * atomCount)..]), right);
        for (int entry = 0; entry < lattice.Length; entry++)
        {
            sum[(3 * atomCount) + entry] += lattice[entry];
        }
    }

    private static double[] Product(double[] left, double[] right) =>
        [
            .. Enumerable
                .Range(0, 9)
                .Select(at =>
                    (left[at / 3 * 3] * right[at % 3])
                    + (left[(at / 3 * 3) + 1] * right[3 + (at % 3)])
                    + (left[(at / 3 * 3) + 2] * right[6 + (at % 3)])
                ),
        ];

    private static double[] Transposed(double[] matrix) =>
        [.. Enumerable.Range(0, 9).Select(at => matrix[(3 * (at % 3)) + (at / 3)])];

    private double[] Mean(double[] sum)
    {
        for (int at = 0; at < sum.Length; at++)
        {
            sum[at] /= moves.Length;
        }

        return sum;
    }

    /// <summary>An operation as matrices, row by row, and the atom that each atom is taken to.</summary>
    private sealed class Move
    {
        public Move(Structure structure, SymmetryOperation operation)
        {
            IntegerMatrix3 rotation = operation.Rotation;
            W = [.. Enumerable.Range(0, 9).Select(at => (double)rotation[at / 3, at % 3])];
            Images = [.. structure.Sites.Select(site => Nearest(structure, site, operation))];
            Cartesian x = Turned(structure.Lattice, operation, new(1, 0, 0));
            Cartesian y = Turned(structure.Lattice, operation, new(0, 1, 0));
            Cartesian z = Turned(structure.Lattice, operation, new(0, 0, 1));
            R = [x.X, y.X, z.X, x.Y, y.Y, z.Y, x.Z, y.Z, z.Z];
        }

        public double[] W { get; }

        /// <summary>The rotation of space: R · column.</summary>
        public double[] R { get; }

        public int[] Images { get; }

        private static Cartesian Turned(Lattice lattice, SymmetryOperation operation, Cartesian vector) =>
            lattice.ToCartesian(operation.Apply(lattice.ToFractional(vector)) - operation.Translation);

        private static int Nearest(Structure structure, Site site, SymmetryOperation operation)
        {
            Fractional image = operation.Apply(site.Position);
            return structure
                .Sites.Index()
                .Where(other => other.Item.Element == site.Element)
                .MinBy(other => structure.Lattice.ToCartesian((other.Item.Position - image).WrapToNearest()).Length)
                .Index;
        }
    }
}
