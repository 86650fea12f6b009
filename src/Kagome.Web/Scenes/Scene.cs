using Kagome.Crystals.Lattices;
using Kagome.Output;

namespace Kagome.Web.Scenes;

/// <summary>A crystal as it is drawn.</summary>
/// <param name="Formula">Of the cell.</param>
/// <param name="Cell">Lengths in Å, angles in degrees, of one cell.</param>
/// <param name="Vectors">The three lattice vectors of one cell, each x, y, z in Å.</param>
/// <param name="Supercell">How many cells are drawn along each vector.</param>
/// <param name="SpaceGroup">Null where none was found.</param>
/// <param name="Atoms">Those of the cells, their repeats on the outer faces, edges and corners, and those beyond that complete polyhedra.</param>
/// <param name="Bonds">Pairs of atoms, by their places in the list.</param>
/// <param name="Polyhedra">Around atoms that are not beyond.</param>
/// <param name="Elements">Of the atoms, each once.</param>
internal sealed record Scene(
    string Formula,
    LatticeParameters Cell,
    IReadOnlyList<IReadOnlyList<double>> Vectors,
    IReadOnlyList<int> Supercell,
    SymmetryDocument? SpaceGroup,
    IReadOnlyList<SceneAtom> Atoms,
    IReadOnlyList<IReadOnlyList<int>> Bonds,
    IReadOnlyList<ScenePolyhedron> Polyhedra,
    IReadOnlyList<SceneElement> Elements
);

/// <summary>Why an atom is drawn.</summary>
internal enum SceneAtomKind
{
    /// <summary>It is of one of the cells.</summary>
    Cell,

    /// <summary>It repeats one of the cells on an outer face, edge or corner.</summary>
    Image,

    /// <summary>It lies outside and completes a polyhedron.</summary>
    Beyond,
}

/// <param name="Element">Its symbol.</param>
/// <param name="Position">x, y, z in Å.</param>
/// <param name="Fractional">Along the vectors of one cell.</param>
/// <param name="Site">Which atom of the cell it is, from 0.</param>
/// <param name="Wyckoff">Multiplicity and letter, such as 3d; null without a space group.</param>
/// <param name="Kind">Why it is drawn.</param>
internal sealed record SceneAtom(
    string Element,
    IReadOnlyList<double> Position,
    IReadOnlyList<double> Fractional,
    int Site,
    string? Wyckoff,
    SceneAtomKind Kind
);

/// <param name="Centre">The atom in its middle.</param>
/// <param name="Faces">Triangles of atoms, seen from outside against the clock.</param>
internal sealed record ScenePolyhedron(int Centre, IReadOnlyList<IReadOnlyList<int>> Faces);

/// <param name="Symbol">Such as Na.</param>
/// <param name="Name">Such as Sodium.</param>
/// <param name="Jmol">The colour that Jmol gives it, such as #ab5cf2.</param>
/// <param name="Vesta">The colour that VESTA gives it.</param>
/// <param name="Ball">Radius in Å of a ball among sticks.</param>
/// <param name="SpaceFilling">Radius in Å of a ball that touches its neighbours.</param>
internal sealed record SceneElement(
    string Symbol,
    string Name,
    string Jmol,
    string Vesta,
    double Ball,
    double SpaceFilling
);
