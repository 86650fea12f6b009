using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Prototypes.Tests;
using Kagome.Web.Scenes;

namespace Kagome.Web.Tests;

/// <summary>What is drawn of a crystal.</summary>
public sealed class SceneTests
{
    private static readonly SymmetryFinder Finder = new();

    [Fact]
    public void Rock_salt_is_drawn_with_its_outer_atoms_and_octahedra()
    {
        Scene scene = CrystalScene.Of(
            TypicalCrystals.RockSalt("Na", "Cl", 5.64),
            CellChoice.Conventional,
            [1, 1, 1],
            Finder
        );
        Assert.Equal(8, scene.Atoms.Count(atom => atom.Kind == SceneAtomKind.Cell));
        Assert.Equal(27, scene.Atoms.Count(atom => atom.Kind != SceneAtomKind.Beyond));
        int[] within =
        [
            .. scene.Atoms.Index().Where(atom => atom.Item.Kind != SceneAtomKind.Beyond).Select(atom => atom.Index),
        ];
        Assert.Equal(54, scene.Bonds.Count(bond => bond.All(within.Contains))); // the edges of a 2 x 2 x 2 grid
        Assert.All(scene.Polyhedra, polyhedron => Assert.Equal(8, polyhedron.Faces.Count));
        Assert.All(scene.Polyhedra, polyhedron => Assert.Equal("Na", scene.Atoms[polyhedron.Centre].Element));
        Assert.Contains("Na 4a", scene.SpaceGroup!.Wyckoff);
        Assert.Equal(["Na", "Cl"], scene.Elements.Select(element => element.Symbol));
        Assert.Equal("#ab5cf2", scene.Elements[0].Jmol);
    }

    [Fact]
    public void Perovskite_has_octahedra_around_the_small_cation_and_no_bonds_between_cations()
    {
        Structure perovskite = new(
            Lattice.Cubic(3.905),
            [
                Site("Sr", 0, 0, 0),
                Site("Ti", 0.5, 0.5, 0.5),
                Site("O", 0.5, 0.5, 0),
                Site("O", 0.5, 0, 0.5),
                Site("O", 0, 0.5, 0.5),
            ]
        );
        Scene scene = CrystalScene.Of(perovskite, cell: null, [1, 1, 1], Finder);
        ScenePolyhedron octahedron = Assert.Single(scene.Polyhedra);
        Assert.Equal("Ti", scene.Atoms[octahedron.Centre].Element);
        Assert.Equal(6, octahedron.Faces.SelectMany(face => face).Distinct().Count());
        Assert.All(scene.Bonds, bond => Assert.Contains(bond, place => scene.Atoms[place].Element == "O"));
    }

    [Fact]
    public void Bonds_are_of_one_length_in_every_cell_of_a_supercell()
    {
        Scene scene = CrystalScene.Of(
            TypicalCrystals.ZincBlende("Zn", "S", 5.41),
            CellChoice.Primitive,
            [3, 2, 1],
            Finder
        );
        Assert.Equal(12, scene.Atoms.Count(atom => atom.Kind == SceneAtomKind.Cell));
        Assert.All(scene.Bonds, bond => Assert.Equal(5.41 * Math.Sqrt(3) / 4, Distance(scene, bond[0], bond[1]), 1e-3));
        Assert.All(scene.Polyhedra, polyhedron => Assert.Equal(4, polyhedron.Faces.Count));
    }

    [Fact]
    public void Bonds_are_those_of_a_plain_search()
    {
        Gen<double> place = Gen.Int[-9_001, 18_002].Select(part => part / 9_001.0); // no round ones: none is just 0.1 Å from another
        Gen.Double[-0.9, 0.9]
            .Array[9]
            .SelectMany(sheared => place.Array[12].Select(places => (sheared, places)))
            .Sample(
                drawn =>
                {
                    double[] t = drawn.sheared;
                    Lattice lattice = new(
                        new Cartesian(4 + t[0], t[1], t[2]),
                        new Cartesian(t[3], 4 + t[4], t[5]),
                        new Cartesian(t[6], t[7], 4 + t[8])
                    );
                    string[] symbols = ["Na", "Cl", "C", "O"];
                    Structure structure = new(
                        lattice,
                        symbols.Select(
                            (symbol, at) =>
                                Site(
                                    symbol,
                                    drawn.places[3 * at],
                                    drawn.places[(3 * at) + 1],
                                    drawn.places[(3 * at) + 2]
                                )
                        )
                    );
                    HashSet<(int, int, int, int, int)> found =
                    [
                        .. BondSearch
                            .Of(structure)
                            .SelectMany(
                                (neighbors, atom) => neighbors.Select(near => (atom, near.Atom, near.X, near.Y, near.Z))
                            ),
                    ];
                    Assert.Equal(PlainBonds(structure), found);
                },
                iter: 200
            );
    }

    [Fact]
    public void Faces_of_a_cube_are_twelve_triangles_seen_from_outside()
    {
        Cartesian[] corners =
        [
            .. from x in new[] { -1, 1 }
            from y in new[] { -1, 1 }
            from z in new[] { -1, 1 }
            select new Cartesian(x, y, z),
        ];
        IReadOnlyList<IReadOnlyList<int>> faces = ConvexHull.Faces(corners);
        Assert.Equal(12, faces.Count);
        double area = 0;
        foreach (IReadOnlyList<int> face in faces)
        {
            Cartesian normal = (corners[face[1]] - corners[face[0]]).Cross(corners[face[2]] - corners[face[0]]);
            Assert.True(normal.Dot(corners[face[0]]) > 0);
            area += normal.Length / 2;
        }

        Assert.Equal(24, area, 1e-9);
    }

    [Fact]
    public void Points_in_a_plane_span_no_body() =>
        Assert.Empty(ConvexHull.Faces([new(0, 0, 0), new(1, 0, 0), new(0, 1, 0), new(1, 1, 0)]));

    [Fact]
    public void Atoms_just_below_a_face_are_on_the_one_across()
    {
        Structure structure = new(Lattice.Cubic(4), [Site("Po", 0.99999, 1e-5, -1e-6)]);
        Scene scene = CrystalScene.Of(structure, cell: null, [1, 1, 1], Finder);
        Assert.Equal(8, scene.Atoms.Count);
    }

    [Fact]
    public void Too_many_atoms_are_refused()
    {
        Structure large = Supercell.Of(TypicalCrystals.RockSalt("Na", "Cl", 5.64), 10, 10, 10);
        Assert.Throws<InputException>(() => CrystalScene.Of(large, cell: null, [3, 1, 1], Finder));
    }

    [Fact]
    public void Every_element_has_its_colours() =>
        Assert.All(Element.All, element => Assert.Matches("^#[0-9a-f]{6}$", ElementColors.Of(element).Vesta));

    /// <summary>By looking at more images than are needed.</summary>
    private static HashSet<(int, int, int, int, int)> PlainBonds(Structure structure)
    {
        const double Stretch = 1.15;
        const double SamePlace = 0.1;
        List<(int First, int Second, int X, int Y, int Z)> all = [];
        for (int first = 0; first < structure.AtomCount; first++)
        {
            for (int second = 0; second < structure.AtomCount; second++)
            {
                foreach (
                    (int x, int y, int z) in from x in Enumerable.Range(-8, 17)
                    from y in Enumerable.Range(-8, 17)
                    from z in Enumerable.Range(-8, 17)
                    select (x, y, z)
                )
                {
                    Site from = structure.Sites[first];
                    Site to = structure.Sites[second];
                    double length = structure
                        .Lattice.ToCartesian(to.Position + new Fractional(x, y, z) - from.Position)
                        .Length;
                    if (
                        length > SamePlace
                        && length <= Stretch * (ElementColors.Radius(from.Element) + ElementColors.Radius(to.Element))
                    )
                    {
                        all.Add((first, second, x, y, z));
                    }
                }
            }
        }

        bool IsSaltCation(int atom) =>
            structure.Sites[atom].Element.Symbol == "Na"
            && all.Any(bond => bond.First == atom && structure.Sites[bond.Second].Element.Symbol != "Na");
        return [.. all.Where(bond => !(IsSaltCation(bond.First) && IsSaltCation(bond.Second)))];
    }

    private static double Distance(Scene scene, int first, int second) =>
        Math.Sqrt(
            scene
                .Atoms[first]
                .Position.Zip(scene.Atoms[second].Position, (one, other) => (one - other) * (one - other))
                .Sum()
        );

    private static Site Site(string symbol, double x, double y, double z) =>
        new(Element.FromSymbol(symbol), new Fractional(x, y, z));
}
