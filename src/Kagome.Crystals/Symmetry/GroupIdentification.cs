using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>Tells which of the 230 space groups the operations of a crystal are.</summary>
/// <remarks>
/// Every basis along the axes of the point group is tried: the rotations in it have to be those of the usual setting of a group, and there has to be
/// an origin from which the shifts are. So no setting but the usual ones is needed.
/// </remarks>
internal static class GroupIdentification
{
    /// <summary>How exact shifts are that a true group has: their means over the atoms depend on displacements no more. In parts of the shortest vector.</summary>
    private const double ShiftTolerance = 1e-4;

    /// <summary>The group; null where the operations are none.</summary>
    /// <param name="primitive">The crystal in its primitive cell.</param>
    /// <param name="operations">In the vectors of that cell; each rotation once.</param>
    /// <param name="given">The cell that the crystal was given in.</param>
    public static IdentifiedGroup? Of(Structure primitive, IReadOnlyList<SymmetryOperation> operations, Lattice given)
    {
        IntegerMatrix3[] rotations = [.. operations.Select(operation => operation.Rotation)];
        if (!RotationSet.IsGroup(rotations))
        {
            return null;
        }

        Lattice lattice = primitive.Lattice;
        MetricTensor shape = MetricTensor.Of(lattice).Averaged(rotations);
        OriginSearch origins = new(operations, lattice);
        int[] codes = new int[rotations.Length];
        foreach (IntegerMatrix3 basis in new ConventionalBases(rotations, shape, lattice, given).All())
        {
            if (CentringLetter.Of(basis) is not { } centring || !TryTurn(rotations, basis, codes))
            {
                continue;
            }

            foreach (UsualSetting setting in UsualSetting.With(centring, RotationSet.Key(codes)))
            {
                SymmetryOperation[] usual = [.. codes.Select(code => setting.ByRotation[code])];
                Fractional[] wanted = [.. usual.Select(operation => operation.Translation * basis)];
                if (origins.Find(wanted, ShiftTolerance * lattice.A.Length) is { } origin)
                {
                    return new(
                        setting,
                        basis,
                        origin,
                        [.. operations.Select((_, at) => Exact(at, origin, wanted))],
                        [.. usual]
                    );
                }
            }
        }

        return null;

        SymmetryOperation Exact(int at, Fractional origin, Fractional[] wanted)
        {
            SymmetryOperation operation = operations[at];
            SymmetryOperation exact = operation with
            {
                Translation = wanted[at] + origin - (operation with { Translation = default }).Apply(origin),
            };
            return exact with { Translation = at == 0 ? default : exact.Translation.Wrap() };
        }
    }

    /// <summary>The numbers of the rotations in another basis; false where their matrices there are not whole.</summary>
    private static bool TryTurn(IntegerMatrix3[] rotations, IntegerMatrix3 basis, int[] codes)
    {
        for (int at = 0; at < rotations.Length; at++)
        {
            if (basis.RotationIn(rotations[at]) is not { } turned)
            {
                return false;
            }

            codes[at] = RotationSet.Code(turned);
        }

        return true;
    }
}
