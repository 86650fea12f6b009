using System.Collections.Immutable;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>The lattices that a point group leaves as they are: a linear space of 3 x 3 matrices, their rows the lattice vectors.</summary>
/// <remarks>
/// <para>
/// To each rotation W in fractional coordinates belongs one R in space, the same for all lattices of the space: Wᵀ L R = L. R comes from one
/// lattice with the symmetry, whose metric tensor is the mean of WᵀW; any other would turn the space, and nothing else.
/// </para>
/// <para>
/// Dimensions: 1 for cubic groups; 2 to 5 for others, of which one may be a turn about the axis; 9 for triclinic ones. Units: those of the
/// matrices. Safe to use from several threads.
/// </para>
/// </remarks>
public sealed class LatticeInvariants
{
    private const int Entries = 9;

    /// <summary>Of a unit matrix that the space holds nothing of, by rounding, the length that is left.</summary>
    private const double Negligible = 1e-6;

    private LatticeInvariants(ImmutableArray<ImmutableArray<double>> basis) => Basis = basis;

    /// <summary>Matrices by rows, nine numbers each, orthogonal to each other and of length 1.</summary>
    public ImmutableArray<ImmutableArray<double>> Basis { get; }

    /// <summary>The lattices that a point group keeps.</summary>
    /// <param name="rotations">All of a point group, in fractional coordinates; each once.</param>
    public static LatticeInvariants Of(ImmutableArray<IntegerMatrix3> rotations)
    {
        Lattice reference = Nearest(rotations, Cube);
        List<double[]> basis = [];
        for (int entry = 0; entry < Entries; entry++)
        {
            double[] unit = new double[Entries];
            unit[entry] = 1;
            double[] left = Mean(rotations, reference, unit);
            for (int round = 0; round < 2; round++) // the second removes the rounding of the first
            {
                foreach (double[] known in basis)
                {
                    double share = Dot(known, left);
                    left = [.. left.Zip(known, (value, other) => value - (share * other))];
                }
            }

            double length = Math.Sqrt(Dot(left, left));
            if (length > Negligible)
            {
                basis.Add([.. left.Select(value => value / length)]);
            }
        }

        return new LatticeInvariants([.. basis.Select(matrix => matrix.ToImmutableArray())]);
    }

    /// <summary>A lattice with the symmetry whose metric tensor is the mean of the images of that of a given one.</summary>
    /// <param name="rotations">All of a point group, in fractional coordinates; each once.</param>
    /// <param name="lattice">Of any shape.</param>
    public static Lattice Nearest(ImmutableArray<IntegerMatrix3> rotations, Lattice lattice) =>
        MetricTensor.Of(lattice).Averaged(rotations).ToLattice();

    /// <summary>The matrix of the space that is nearest to a given one: its orthogonal projection.</summary>
    /// <param name="matrix">Nine numbers, by rows.</param>
    public double[] Project(IReadOnlyList<double> matrix)
    {
        double[] projected = new double[Entries];
        foreach (ImmutableArray<double> direction in Basis)
        {
            double share = Dot(direction, matrix);
            for (int at = 0; at < Entries; at++)
            {
                projected[at] += share * direction[at];
            }
        }

        return projected;
    }

    private static Lattice Cube => new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));

    /// <summary>The mean of Wᵀ M R, with R = L₀ᵀ W L₀⁻ᵀ: a projection on the space, though not the orthogonal one.</summary>
    private static double[] Mean(ImmutableArray<IntegerMatrix3> rotations, Lattice reference, double[] matrix)
    {
        double[] mean = new double[Entries];
        foreach (IntegerMatrix3 rotation in rotations)
        {
            // a row m of M, as a Cartesian vector, times R: L₀⁻ᵀ and L₀ᵀ turn it into fractions and back
            Cartesian Turned(int row)
            {
                Cartesian along = new(matrix[row * 3], matrix[(row * 3) + 1], matrix[(row * 3) + 2]);
                return TimesRotation(along, rotation, reference);
            }

            Cartesian[] turned = [Turned(0), Turned(1), Turned(2)];
            for (int row = 0; row < 3; row++)
            {
                for (int other = 0; other < 3; other++)
                {
                    double factor = (double)rotation[other, row] / rotations.Length;
                    mean[row * 3] += factor * turned[other].X;
                    mean[(row * 3) + 1] += factor * turned[other].Y;
                    mean[(row * 3) + 2] += factor * turned[other].Z;
                }
            }
        }

        return mean;
    }

    /// <summary>v R for a row v. Since R is orthogonal, that is R⁻¹ v for a column: in fractions, W⁻¹ f.</summary>
    private static Cartesian TimesRotation(Cartesian row, IntegerMatrix3 rotation, Lattice reference) =>
        reference.ToCartesian(reference.ToFractional(row) / rotation.Transposed());

    private static double Dot(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double sum = 0;
        for (int at = 0; at < Entries; at++)
        {
            sum += first[at] * second[at];
        }

        return sum;
    }
}
