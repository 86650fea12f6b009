using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Output;

namespace Kagome.Web.Scenes;

/// <summary>Lays out the atoms, bonds and polyhedra of a crystal's cell, or of several cells beside each other.</summary>
internal sealed class CrystalScene
{
    /// <summary>More atoms are not drawn: no screen shows them.</summary>
    public const int MostAtoms = 5_000;

    public const int LargestSupercell = 3;

    private const int FewestCorners = 4;
    private const int UsualCorners = 8;
    private const int MostCorners = 12;
    private const double OnFace = 1e-3; // of a lattice vector
    private const int Digits = 4;

    private readonly Structure structure;
    private readonly CrystalSymmetry? symmetry;
    private readonly (int X, int Y, int Z) cells;
    private readonly IReadOnlyList<IReadOnlyList<Neighbor>> neighbors;
    private readonly List<(int Site, int X, int Y, int Z, SceneAtomKind Kind)> atoms = [];
    private readonly Dictionary<(int, int, int, int), int> places = [];

    private CrystalScene(Structure structure, (int X, int Y, int Z) cells, SymmetryFinder finder)
    {
        this.structure = new Structure(
            structure.Lattice,
            structure.Sites.Select(site => site with { Position = Inside(site.Position) })
        );
        this.cells = cells;
        symmetry = finder.Find(structure);
        neighbors = BondSearch.Of(this.structure);
    }

    /// <summary>A crystal as it is drawn.</summary>
    /// <param name="structure">The crystal in any cell.</param>
    /// <param name="cell">The cell to draw; the given one where the crystal has no space group.</param>
    /// <param name="supercell">How many cells along each vector, 1 to <see cref="LargestSupercell"/>.</param>
    /// <param name="finder">Finds the space group.</param>
    /// <exception cref="InputException">The supercell is not of such a size, or holds too many atoms.</exception>
    public static Scene Of(Structure structure, CellChoice? cell, IReadOnlyList<int> supercell, SymmetryFinder finder)
    {
        if (supercell.Count != 3 || supercell.Any(count => count is < 1 or > LargestSupercell))
        {
            throw new InputException(
                $"supercell is {string.Join(",", supercell)}; expected three whole numbers from 1 to {LargestSupercell}, such as 2,2,1."
            );
        }

        Structure shown =
            cell is { } choice && finder.Find(structure) is { } symmetry ? symmetry.In(choice) : structure;
        int total = supercell.Aggregate(shown.AtomCount, (product, count) => product * count);
        if (total > MostAtoms)
        {
            throw new InputException(
                $"The cells hold {total} atoms; at most {MostAtoms} are drawn. Choose a smaller supercell, or the primitive cell."
            );
        }

        return new CrystalScene(shown, (supercell[0], supercell[1], supercell[2]), finder).Build();
    }

    private Scene Build()
    {
        AddCells();
        AddImages();
        ScenePolyhedron[] polyhedra = [.. Polyhedra()];
        Lattice lattice = structure.Lattice;
        return new Scene(
            structure.Composition.Formula,
            lattice.Parameters,
            [Numbers(lattice.A), Numbers(lattice.B), Numbers(lattice.C)],
            [cells.X, cells.Y, cells.Z],
            SymmetryDocument.Of(symmetry),
            [.. atoms.Select(Atom)],
            [.. Bonds()],
            polyhedra,
            [.. structure.Composition.Counts.Keys.Select(ElementColors.Of)]
        );
    }

    private void AddCells()
    {
        for (int x = 0; x < cells.X; x++)
        {
            for (int y = 0; y < cells.Y; y++)
            {
                for (int z = 0; z < cells.Z; z++)
                {
                    for (int site = 0; site < structure.AtomCount; site++)
                    {
                        Add(site, x, y, z, SceneAtomKind.Cell);
                    }
                }
            }
        }
    }

    /// <summary>Atoms on faces at the origin's side are on the faces across, too.</summary>
    private void AddImages()
    {
        foreach ((int site, int x, int y, int z, _) in atoms.ToArray())
        {
            Fractional at = structure.Sites[site].Position;
            int[] alongX = Repeats(at.X, x, cells.X);
            int[] alongY = Repeats(at.Y, y, cells.Y);
            int[] alongZ = Repeats(at.Z, z, cells.Z);
            foreach (
                (int i, int j, int k) in alongX.SelectMany(i => alongY.SelectMany(j => alongZ.Select(k => (i, j, k))))
            )
            {
                Add(site, i, j, k, SceneAtomKind.Image);
            }
        }
    }

    private static int[] Repeats(double coordinate, int cell, int count) =>
        cell == 0 && coordinate < OnFace ? [cell, count] : [cell];

    private int Add(int site, int x, int y, int z, SceneAtomKind kind)
    {
        if (!places.TryGetValue((site, x, y, z), out int place))
        {
            place = atoms.Count;
            places[(site, x, y, z)] = place;
            atoms.Add((site, x, y, z, kind));
        }

        return place;
    }

    private IEnumerable<ScenePolyhedron> Polyhedra()
    {
        IReadOnlySet<int> centres = Centres();
        foreach ((int place, (int site, int x, int y, int z, _)) in atoms.ToArray().Index())
        {
            if (centres.Contains(site))
            {
                int[] corners =
                [
                    .. neighbors[site]
                        .Select(near => Add(near.Atom, x + near.X, y + near.Y, z + near.Z, SceneAtomKind.Beyond)),
                ];
                IReadOnlyList<IReadOnlyList<int>> faces = ConvexHull.Faces([.. corners.Select(Position)]);
                if (faces.Count > 0)
                {
                    yield return new ScenePolyhedron(
                        place,
                        [.. faces.Select(face => face.Select(corner => corners[corner]).ToArray())]
                    );
                }
            }
        }
    }

    /// <summary>Sites that polyhedra are drawn around: cations among anions, of few corners where there are such.</summary>
    private HashSet<int> Centres()
    {
        int[] possible =
        [
            .. Enumerable
                .Range(0, structure.AtomCount)
                .Where(site =>
                    neighbors[site].Count is >= FewestCorners and <= MostCorners
                    && neighbors[site].All(near => IsAnion(near.Atom, site))
                ),
        ];
        int[] usual = [.. possible.Where(site => neighbors[site].Count <= UsualCorners)];
        return [.. usual.Length > 0 ? usual : possible];
    }

    private bool IsAnion(int atom, int beside)
    {
        const double Difference = 0.4; // on Pauling's scale
        double own = structure.Sites[atom].Element.Data.Electronegativity ?? 0;
        return !BondSearch.IsMetal(structure.Sites[atom].Element)
            && own - (structure.Sites[beside].Element.Data.Electronegativity ?? 0) > Difference;
    }

    private IEnumerable<IReadOnlyList<int>> Bonds()
    {
        foreach ((int place, (int site, int x, int y, int z, _)) in atoms.Index())
        {
            foreach (Neighbor near in neighbors[site])
            {
                if (places.TryGetValue((near.Atom, x + near.X, y + near.Y, z + near.Z), out int other) && place < other)
                {
                    yield return [place, other];
                }
            }
        }
    }

    private SceneAtom Atom((int Site, int X, int Y, int Z, SceneAtomKind Kind) atom)
    {
        Fractional at = Fractional(atom);
        return new SceneAtom(
            structure.Sites[atom.Site].Element.Symbol,
            Numbers(structure.Lattice.ToCartesian(at)),
            [Rounded(at.X), Rounded(at.Y), Rounded(at.Z)],
            atom.Site,
            symmetry?.Sites[atom.Site].WyckoffPosition,
            atom.Kind
        );
    }

    private Cartesian Position(int place) => structure.Lattice.ToCartesian(Fractional(atoms[place]));

    private Fractional Fractional((int Site, int X, int Y, int Z, SceneAtomKind Kind) atom) =>
        structure.Sites[atom.Site].Position + new Fractional(atom.X, atom.Y, atom.Z);

    private static Fractional Inside(Fractional position)
    {
        Fractional wrapped = position.Wrap();
        return new Fractional(Inside(wrapped.X), Inside(wrapped.Y), Inside(wrapped.Z));
    }

    /// <summary>A coordinate just below 1 is one just below 0: on the face at the origin.</summary>
    private static double Inside(double coordinate) => coordinate > 1 - OnFace ? coordinate - 1 : coordinate;

    private static IReadOnlyList<double> Numbers(Cartesian vector) =>
        [Rounded(vector.X), Rounded(vector.Y), Rounded(vector.Z)];

    private static double Rounded(double value) => Math.Round(value, Digits) + 0.0; // no -0
}
