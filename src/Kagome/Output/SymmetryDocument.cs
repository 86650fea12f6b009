using Kagome.Crystals.Symmetry;

namespace Kagome.Output;

/// <summary>A crystal's symmetry as JSON gives it.</summary>
/// <param name="Number">Of the space group, 1 to 230.</param>
/// <param name="Symbol">Of the space group, such as Fm-3m.</param>
/// <param name="PointGroup">Such as m-3m.</param>
/// <param name="Wyckoff">Each set of symmetry images: element, multiplicity in the conventional cell and letter, such as Na 4a.</param>
/// <param name="SiteWyckoffLetters">Of each atom, in the order of the files.</param>
/// <param name="EquivalentAtoms">Of each atom, the first of its symmetry images; counted from 0.</param>
public sealed record SymmetryDocument(
    int Number,
    string Symbol,
    string PointGroup,
    IReadOnlyList<string> Wyckoff,
    string SiteWyckoffLetters,
    IReadOnlyList<int> EquivalentAtoms
)
{
    /// <summary>What JSON says of a symmetry; null for null, where no space group was found.</summary>
    public static SymmetryDocument? Of(CrystalSymmetry? symmetry) =>
        symmetry is null
            ? null
            : new(
                symmetry.Group.Number,
                symmetry.Group.Symbol,
                symmetry.PointGroup,
                symmetry.WyckoffPositions.Split(", "),
                string.Concat(symmetry.Sites.Select(site => site.WyckoffLetter)),
                [.. symmetry.Sites.Select(site => site.EquivalentTo)]
            );
}
