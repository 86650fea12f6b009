using Kagome.Core.Lattices;
using Kagome.Core.Structures;

namespace Kagome.Symmetry;

/// <summary>Primitive cells of centred conventional ones.</summary>
internal static class Centring
{
    /// <summary>Copies of an atom coincide within rounding; different atoms are far apart.</summary>
    private const double SamePlace = 1e-4;

    /// <summary>The primitive cell of spglib's conventions, which are those of seekpath and phonopy.</summary>
    /// <param name="conventional">A conventional cell whose copies of an atom are exact.</param>
    /// <param name="letter">P, A, C, I, F or R (obverse, hexagonal axes).</param>
    public static Structure Remove(Structure conventional, char letter)
    {
        IntegerMatrix3 matrix = ConventionalOfPrimitive(letter);
        Cartesian Row(Fractional unit) => conventional.Lattice.ToCartesian(unit / matrix);
        List<Site> sites = [];
        foreach (Site site in conventional.Sites)
        {
            Site folded = site with { Position = (site.Position * matrix).Wrap() };
            if (!sites.Exists(other => AreCopies(other, folded)))
            {
                sites.Add(folded);
            }
        }

        return new Structure(new Lattice(Row(new(1, 0, 0)), Row(new(0, 1, 0)), Row(new(0, 0, 1))), sites);
    }

    private static bool AreCopies(Site first, Site second)
    {
        Fractional difference = (first.Position - second.Position).WrapToNearest();
        return first.Element == second.Element
            && Math.Abs(difference.X) < SamePlace
            && Math.Abs(difference.Y) < SamePlace
            && Math.Abs(difference.Z) < SamePlace;
    }

    /// <summary>Makes the conventional vectors from the primitive ones.</summary>
    private static IntegerMatrix3 ConventionalOfPrimitive(char letter) =>
        letter switch
        {
            'A' => new(1, 0, 0, 0, 1, -1, 0, 1, 1),
            'C' => new(1, 1, 0, -1, 1, 0, 0, 0, 1),
            'I' => new(0, 1, 1, 1, 0, 1, 1, 1, 0),
            'F' => new(-1, 1, 1, 1, -1, 1, 1, 1, -1),
            'R' => new(1, -1, 0, 0, 1, -1, 1, 1, 1),
            _ => IntegerMatrix3.Identity,
        };
}
