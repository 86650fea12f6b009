using System.Diagnostics.CodeAnalysis;

namespace Kagome.Crystals.Lattices;

/// <summary>Short, nearly perpendicular vectors of a lattice, found from vectors however skewed.</summary>
/// <remarks>
/// <para>Source: A. K. Lenstra, H. W. Lenstra, L. Lovász, Math. Ann. 261 (1982) 515-534, with their factor 3/4.</para>
/// <para>Unlike <see cref="NiggliReduction"/> it has no tolerance, and it does not find one set for every description.</para>
/// </remarks>
public static class LllReduction
{
    private const double LovaszFactor = 0.75;

    /// <summary>Every swap shortens a vector by a factor; vectors of 1e150 Å need a few thousand.</summary>
    private const int MaximumSteps = 10_000;

    /// <summary>Makes short, nearly orthogonal vectors of a lattice.</summary>
    /// <exception cref="ArgumentException">The vectors are too different or too skewed for double precision.</exception>
    public static ReducedLattice Reduce(Lattice lattice) =>
        TryReduce(lattice, out ReducedLattice? reduced)
            ? reduced
            : throw new ArgumentException(
                $"Lattice vectors {lattice.A}, {lattice.B}, {lattice.C} cannot be reduced in double precision; "
                    + "expected lengths within a factor of about 1e8 of each other.",
                nameof(lattice)
            );

    /// <summary>Reduces a lattice, or returns false where its vectors are too different or too skewed for double precision.</summary>
    public static bool TryReduce(Lattice lattice, [NotNullWhen(true)] out ReducedLattice? reduced)
    {
        ReductionBasis basis = new(lattice);
        reduced = TryReduce(basis) ? basis.ToLattice() : null;
        return reduced is not null;
    }

    internal static bool TryReduce(ReductionBasis basis)
    {
        int current = 1;
        for (int step = 0; step < MaximumSteps && current < 3; step++)
        {
            if (current == 2)
            {
                Shorten(basis, 2, 1);
            }

            Shorten(basis, current, 0);
            if (IsInOrder(basis, current))
            {
                current++;
            }
            else
            {
                basis.Swap(current, current - 1);
                current = 1;
            }
        }

        return current == 3;
    }

    /// <summary>Takes the nearest whole multiple of the part of one vector along the (perpendicular part of) another.</summary>
    private static void Shorten(ReductionBasis basis, int target, int source)
    {
        Cartesian direction = Perpendicular(basis, source);
        double multiple = Math.Round(basis[target].Dot(direction) / direction.LengthSquared);
        if (multiple != 0 && double.IsFinite(multiple))
        {
            basis.Add(target, -multiple, source);
        }
    }

    /// <summary>Lovász's condition: the vector, without its part in the span of those before its neighbour, is not much the shorter.</summary>
    private static bool IsInOrder(ReductionBasis basis, int current)
    {
        Cartesian before = Perpendicular(basis, current - 1);
        Cartesian own = Perpendicular(basis, current);
        double along = basis[current].Dot(before) / before.LengthSquared;
        return own.LengthSquared >= (LovaszFactor - (along * along)) * before.LengthSquared;
    }

    /// <summary>The part of a vector perpendicular to the vectors before it (Gram and Schmidt).</summary>
    private static Cartesian Perpendicular(ReductionBasis basis, int index)
    {
        if (index == 0)
        {
            return basis[0];
        }

        Cartesian first = basis[0];
        if (index == 1)
        {
            return basis[1] - (basis[1].Dot(first) / first.LengthSquared * first);
        }

        Cartesian normal = first.Cross(basis[1]);
        return basis[2].Dot(normal) / normal.LengthSquared * normal;
    }
}
