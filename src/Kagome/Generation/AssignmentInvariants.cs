using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;
using Kagome.Processes.Invariants;

namespace Kagome;

/// <summary>What symmetry means to a process that knows no crystals: the lattices and positions of an assignment, as numbers.</summary>
internal static class AssignmentInvariants
{
    /// <summary>Atoms in the assignment's order.</summary>
    public static MemberInvariants Of(WyckoffAssignment assignment)
    {
        int coordinateCount = 3 * assignment.AtomCount;
        double[,] directions = new double[coordinateCount, assignment.FreeParameters];
        double[,] parameters = new double[assignment.FreeParameters, coordinateCount];
        double[] offsets = new double[coordinateCount];
        int at = 0;
        int parameter = 0;
        foreach (SiteOrbit orbit in assignment.Orbits.Select(occupied => occupied.Orbit))
        {
            for (int free = 0; free < orbit.Freedom; free++)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    parameters[parameter + free, at + axis] = orbit.Parameters[free, axis];
                }
            }

            foreach (SymmetryOperation image in orbit.Images)
            {
                Fractional offset = image.Apply(orbit.Offset);
                (offsets[at], offsets[at + 1], offsets[at + 2]) = (offset.X, offset.Y, offset.Z);
                IntegerMatrix3 moves = image.Rotation * orbit.Directions;
                for (int axis = 0; axis < 3; axis++)
                {
                    for (int free = 0; free < orbit.Freedom; free++)
                    {
                        directions[at + axis, parameter + free] = moves[axis, free];
                    }
                }

                at += 3;
            }

            parameter += orbit.Freedom;
        }

        return new MemberInvariants(
            LatticeBasis(assignment.Setting.Lattices),
            MetricMean([.. assignment.Setting.Operations.Select(operation => operation.Rotation)]),
            directions,
            parameters,
            offsets
        );
    }

    /// <summary>The mean of Wᵀ G W over the rotations, as a matrix that acts on the nine entries of G. An operation counts as often as it has translations, all alike.</summary>
    private static double[,] MetricMean(IReadOnlyCollection<IntegerMatrix3> rotations)
    {
        double[,] mean = new double[9, 9];
        foreach (IntegerMatrix3 rotation in rotations)
        {
            for (int entry = 0; entry < 81; entry++)
            {
                (int to, int from) = (entry / 9, entry % 9);
                mean[to, from] += (double)rotation[from / 3, to / 3] * rotation[from % 3, to % 3] / rotations.Count;
            }
        }

        return mean;
    }

    private static double[,] LatticeBasis(LatticeInvariants lattices)
    {
        double[,] basis = new double[lattices.Basis.Length, 9];
        for (int row = 0; row < lattices.Basis.Length; row++)
        {
            for (int entry = 0; entry < 9; entry++)
            {
                basis[row, entry] = lattices.Basis[row][entry];
            }
        }

        return basis;
    }
}
