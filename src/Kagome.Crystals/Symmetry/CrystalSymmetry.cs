using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>What the symmetry of a crystal says of it.</summary>
/// <param name="Group">Its space group.</param>
/// <param name="PointGroup">Its point group, such as <c>m-3m</c>.</param>
/// <param name="Sites">Of each atom of the structure, in its order.</param>
/// <param name="Standard">The asymmetric unit and the operations in the conventional cell, atoms moved to exact symmetry.</param>
/// <param name="ConventionalCell">The standard conventional cell with all its atoms, moved to exact symmetry.</param>
/// <param name="Operations">
/// Every operation of the group that keeps the lattice of the structure's own cell, along that cell's vectors and from its origin: the identity first,
/// translations within the cell included where it is not primitive. Shifts are exact for the group. A cell that is longer along one axis, such as two
/// cubes on top of each other, has fewer rotations than the group.
/// </param>
/// <param name="Symmetrised">The structure in its own cell, atoms in their order, cell and atoms moved to exact symmetry: as little as possible, and turned by nothing.</param>
/// <param name="LargestDisplacement">How far in Å any atom, or any end of a vector of the reduced primitive cell, was moved for that.</param>
public sealed record CrystalSymmetry(
    SpaceGroup Group,
    string PointGroup,
    ImmutableArray<SiteSymmetry> Sites,
    SymmetryDescription Standard,
    Structure ConventionalCell,
    ImmutableArray<SymmetryOperation> Operations,
    Structure Symmetrised,
    double LargestDisplacement
)
{
    /// <summary>The standard primitive cell, atoms moved to exact symmetry.</summary>
    public Structure PrimitiveStandardCell => Centring.Remove(ConventionalCell, Group.Centring);

    /// <summary>The crystal in a standard cell, atoms moved to exact symmetry; of the Niggli cell, that of the structure's own cell.</summary>
    public Structure In(CellChoice cell) =>
        cell switch
        {
            CellChoice.Conventional => ConventionalCell,
            CellChoice.Primitive => PrimitiveStandardCell,
            _ => NiggliCell.Of(Symmetrised),
        };

    /// <summary>Elements with their positions, such as <c>Na 4a, Cl 4b</c>.</summary>
    public string WyckoffPositions =>
        string.Join(
            ", ",
            Standard.AsymmetricUnit.Select(unit => $"{unit.Site.Element} {unit.Multiplicity}{unit.WyckoffLetter}")
        );
}

/// <summary>Where an atom sits in its space group.</summary>
/// <param name="Multiplicity">Atoms of its set of symmetry images in the conventional cell.</param>
/// <param name="WyckoffLetter">The letter of its position in International Tables A, such as 'a'.</param>
/// <param name="SiteSymmetrySymbol">What leaves it in its place, oriented, such as <c>m-3m</c> or <c>.3.</c>.</param>
/// <param name="EquivalentTo">The first atom of the structure that is its symmetry image; its own index where it is the first.</param>
public readonly record struct SiteSymmetry(
    int Multiplicity,
    char WyckoffLetter,
    string SiteSymmetrySymbol,
    int EquivalentTo
)
{
    /// <summary>Multiplicity and letter, such as <c>4a</c>.</summary>
    public string WyckoffPosition => $"{Multiplicity}{WyckoffLetter}";
}

/// <summary>A crystal described by its space group and the atoms that its symmetry repeats.</summary>
/// <param name="HermannMauguinSymbol">The short symbol with spaces, such as <c>F m -3 m</c>.</param>
/// <param name="Number">Space group number of International Tables A, 1 to 230.</param>
/// <param name="Lattice">The cell, usually the conventional one, that operations and positions refer to.</param>
/// <param name="Operations">Every symmetry of the cell, centring included, modulo lattice vectors; the identity is one of them.</param>
/// <param name="AsymmetricUnit">One atom of each set of symmetry images.</param>
public sealed record SymmetryDescription(
    string HermannMauguinSymbol,
    int Number,
    Lattice Lattice,
    ImmutableArray<SymmetryOperation> Operations,
    ImmutableArray<AsymmetricSite> AsymmetricUnit
);

/// <summary>An atom that stands for all its symmetry images.</summary>
/// <param name="Site">The atom itself.</param>
/// <param name="Multiplicity">How many images the cell holds, itself included.</param>
/// <param name="WyckoffLetter">The letter of its position in International Tables A, such as 'a'.</param>
public readonly record struct AsymmetricSite(Site Site, int Multiplicity, char WyckoffLetter);
