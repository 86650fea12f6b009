using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Formats.Text;

/// <summary>Checks whether a cell from a file is one that a crystal can have.</summary>
internal static class CellChecks
{
    /// <summary>What is wrong with these parameters, or null where they describe a usable cell.</summary>
    public static string? Problem(LatticeParameters parameters)
    {
        if (parameters.Problem() is { } problem)
        {
            return problem;
        }

        double longest = Math.Max(parameters.A, Math.Max(parameters.B, parameters.C));
        return LengthProblem(longest) ?? VolumeProblem(parameters.Volume);
    }

    /// <summary>What is wrong with these vectors in Å, or null where they span a usable cell.</summary>
    public static string? Problem(Cartesian a, Cartesian b, Cartesian c)
    {
        double longest = Math.Max(a.Length, Math.Max(b.Length, c.Length));
        return LengthProblem(longest) ?? VolumeProblem(Math.Abs(a.Dot(b.Cross(c))));
    }

    /// <summary>What is wrong with the place of an atom, or null where one can be there.</summary>
    public static string? Problem(Fractional position) =>
        IsNear(position.X) && IsNear(position.Y) && IsNear(position.Z)
            ? null
            : $"an atom is at the fractional coordinates {position.X}, {position.Y}, {position.Z}; expected none beyond {FormatLimits.LargestCoordinate}";

    // written so that NaN fails
    private static bool IsNear(double coordinate) => Math.Abs(coordinate) <= FormatLimits.LargestCoordinate;

    private static string? LengthProblem(double longest) =>
        longest <= FormatLimits.LongestVector
            ? null
            : $"a lattice vector is {longest} Å long; expected at most {FormatLimits.LongestVector} Å";

    private static string? VolumeProblem(double volume) =>
        volume >= FormatLimits.SmallestVolume
            ? null
            : $"the cell has a volume of {volume} Å³; expected at least {FormatLimits.SmallestVolume}, of three vectors in Å that do not lie in a plane";
}

/// <summary>Prepares structures for formats that keep a cell as lengths and angles, which describe right-handed cells only.</summary>
internal static class RightHandedCell
{
    /// <summary>The same crystal with a right-handed cell: where a, b, c are left-handed, all three and all positions change sign.</summary>
    /// <remarks>Without that, the crystal would be written as its mirror image.</remarks>
    public static Structure Of(Structure structure)
    {
        if (structure.Lattice.Determinant > 0)
        {
            return structure;
        }

        return new Structure(
            new(-1 * structure.Lattice.A, -1 * structure.Lattice.B, -1 * structure.Lattice.C),
            structure.Sites.Select(site => site with { Position = default(Fractional) - site.Position })
        );
    }
}
