using System.Collections.Immutable;
using Kagome.Core.Structures;
using Kagome.Core.Symmetry;

namespace Kagome.Symmetry;

/// <summary>What the symmetry of a crystal says of it.</summary>
/// <param name="Group">Its space group.</param>
/// <param name="PointGroup">Its point group, such as <c>m-3m</c>.</param>
/// <param name="Sites">Of each atom of the structure, in its order.</param>
/// <param name="Standard">The asymmetric unit and the operations in the conventional cell, atoms moved to exact symmetry.</param>
/// <param name="ConventionalCell">The standard conventional cell with all its atoms, moved to exact symmetry.</param>
public sealed record CrystalSymmetry(
    SpaceGroup Group,
    string PointGroup,
    ImmutableArray<SiteSymmetry> Sites,
    SymmetryDescription Standard,
    Structure ConventionalCell
)
{
    /// <summary>The standard primitive cell, atoms moved to exact symmetry.</summary>
    public Structure PrimitiveStandardCell => Centring.Remove(ConventionalCell, Group.Centring);

    /// <summary>Elements with their positions, such as <c>Na 4a, Cl 4b</c>.</summary>
    public string WyckoffPositions =>
        string.Join(
            ", ",
            Standard.AsymmetricUnit.Select(unit => $"{unit.Site.Element} {unit.Multiplicity}{unit.WyckoffLetter}")
        );
}
