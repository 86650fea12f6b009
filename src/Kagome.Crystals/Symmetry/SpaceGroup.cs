using System.Text;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>One of the 230 space groups of International Tables A, in spglib's standard setting.</summary>
/// <param name="Number">1 to 230.</param>
/// <param name="Symbol">The short Hermann-Mauguin symbol as programs write it: screw axes with an underscore, such as <c>P6_3/mmc</c>.</param>
public sealed record SpaceGroup(int Number, string Symbol)
{
    private const int FirstMonoclinic = 3;
    private const int LastMonoclinic = 15;

    /// <summary>Lattice type: P, A, C, I, F or R.</summary>
    public char Centring => Symbol[0];

    /// <summary>The symbol as CIF writes it: parts between spaces, and monoclinic ones in full, such as <c>P 1 21/c 1</c>.</summary>
    public string SpacedSymbol
    {
        get
        {
            StringBuilder spaced = new();
            char before = '/';
            foreach (char letter in Symbol)
            {
                bool continues = before is '/' or '_' or '-' || letter is '/' or '_';
                _ = spaced.Append(continues ? "" : " ").Append(letter is '_' ? "" : letter);
                before = letter;
            }

            bool isMonoclinic = Number is >= FirstMonoclinic and <= LastMonoclinic;
            return isMonoclinic ? $"{spaced[0]} 1{spaced.ToString(1, spaced.Length - 1)} 1" : spaced.ToString();
        }
    }

    /// <summary>The group of a number, in its usual setting.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is none of a space group.</exception>
    public static SpaceGroup OfNumber(int number)
    {
        if (!SpaceGroupNumber.IsValid(number))
        {
            throw new ArgumentOutOfRangeException(
                nameof(number),
                number,
                "Expected the number of a space group, 1 to 230."
            );
        }

        string[] parts = SpaceGroupSetting.OfNumber(number)[0].Names[0].Split(' ');
        bool isMonoclinic = number is >= FirstMonoclinic and <= LastMonoclinic;
        IEnumerable<string> written = isMonoclinic ? parts.Where((part, at) => at == 0 || part != "1") : parts;
        return new SpaceGroup(number, string.Concat(written.Select(WithUnderscore)));
    }

    /// <summary>
    /// Whether a crystal of the other group has this one after it lost rotations and kept its translations (a translationengleiche subgroup), as the
    /// tetragonal perovskite P4mm has of Pm-3m; true of the group itself.
    /// </summary>
    /// <param name="other">The group that it may be a part of.</param>
    public bool IsSubgroupOf(SpaceGroup other) => TranslationengleicheSubgroups.Of(other.Number).Contains(Number);

    /// <summary>Symbol and number, such as <c>Fm-3m (225)</c>.</summary>
    public override string ToString() => $"{Symbol} ({Number})";

    /// <summary>A screw axis as programs write it: 63 becomes 6_3.</summary>
    private static string WithUnderscore(string part) =>
        part.Length > 1 && char.IsAsciiDigit(part[0]) && char.IsAsciiDigit(part[1]) ? part.Insert(1, "_") : part;
}

/// <summary>Primitive cells of centred conventional ones.</summary>
internal static class Centring
{
    /// <summary>How far copies of an atom may be apart, which is rounding; different atoms are farther.</summary>
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
    internal static IntegerMatrix3 ConventionalOfPrimitive(char letter) =>
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
