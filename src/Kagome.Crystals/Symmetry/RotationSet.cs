using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>Rotations whose entries are -1, 0 and 1, as numbers.</summary>
internal static class RotationSet
{
    /// <summary>A number for a rotation; -1 where it has other entries.</summary>
    public static int Code(IntegerMatrix3 rotation)
    {
        int code = 0;
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                int entry = rotation[row, column];
                if (entry is < -1 or > 1)
                {
                    return -1;
                }

                code = (3 * code) + entry + 1;
            }
        }

        return code;
    }

    /// <summary>Whether products of the rotations are among them.</summary>
    public static bool IsGroup(IReadOnlyCollection<IntegerMatrix3> rotations)
    {
        HashSet<int> known = [.. rotations.Select(Code)];
        return rotations.All(first => rotations.All(second => known.Contains(Code(first * second))));
    }

    /// <summary>One text for a set of rotations, in whatever order.</summary>
    public static string Key(IEnumerable<int> codes) => string.Join(' ', codes.Order());
}
