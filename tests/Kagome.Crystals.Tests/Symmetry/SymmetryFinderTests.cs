using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class SymmetryFinderTests
{
    private const int RandomCells = 60;

    private static readonly SymmetryFinder Finder = new();

    public static TheoryData<string, string, string, string> Textbook { get; } =
        new()
        {
            { nameof(KnownCrystals.RockSalt), "Fm-3m (225)", "m-3m", "Na 4a, Cl 4b" },
            { nameof(KnownCrystals.Wurtzite), "P6_3mc (186)", "6mm", "Zn 2b, O 2b" },
            { nameof(KnownCrystals.Rutile), "P4_2/mnm (136)", "4/mmm", "Ti 2a, O 4f" },
            { nameof(KnownCrystals.Bismuth), "R-3m (166)", "-3m", "Bi 6c" },
            { nameof(KnownCrystals.Fluorite), "Fm-3m (225)", "m-3m", "Ca 4a, F 8c" },
        };

    [Theory]
    [MemberData(nameof(Textbook))]
    public void Find_textbook_crystal_gives_group_and_positions(
        string crystal,
        string group,
        string pointGroup,
        string positions
    )
    {
        CrystalSymmetry found = Find(Known(crystal));
        Assert.Equal(group, $"{found.Group}");
        Assert.Equal(pointGroup, found.PointGroup);
        Assert.Equal(positions, found.WyckoffPositions);
    }

    [Theory]
    [MemberData(nameof(Textbook))]
    public void Find_cells_hold_the_same_crystal(string crystal, string group, string pointGroup, string positions)
    {
        _ = (group, pointGroup, positions);
        Structure structure = Known(crystal);
        CrystalSymmetry found = Find(structure);
        Assert.All(
            new[] { found.ConventionalCell, found.PrimitiveStandardCell },
            cell =>
            {
                Assert.Equal(structure.VolumePerAtom, cell.VolumePerAtom, 1e-6);
                Assert.Equal(structure.Composition.Reduced, cell.Composition.Reduced);
                Assert.Equal(found.Group, Find(cell).Group);
                StructureAssert.IsPhysical(cell);
            }
        );
    }

    [Fact]
    public void Find_states_multiplicity_letter_and_image_of_each_atom()
    {
        SiteSymmetry[] sites = [.. Find(KnownCrystals.Rutile).Sites];
        Assert.Equal([0, 0, 2, 2, 2, 2], sites.Select(site => site.EquivalentTo));
        Assert.Equal(["2a", "2a", "4f", "4f", "4f", "4f"], sites.Select(site => site.WyckoffPosition));
        Assert.Equal("m.mm", sites[0].SiteSymmetrySymbol);
    }

    [Fact]
    public void Find_centred_cell_has_conventional_and_primitive_standard_cells()
    {
        CrystalSymmetry found = Find(KnownCrystals.RockSalt);
        Assert.Equal(8, found.ConventionalCell.AtomCount);
        Assert.Equal(2, found.PrimitiveStandardCell.AtomCount);
        Assert.Equal(5.6427, found.ConventionalCell.Lattice.Parameters.A, 1e-4);
        Assert.Equal(90, found.ConventionalCell.Lattice.Parameters.Alpha, 1e-9);
        Assert.Equal(60, found.PrimitiveStandardCell.Lattice.Parameters.Gamma, 1e-9);
        Assert.Equal(192, found.Standard.Operations.Length);
    }

    [Fact]
    public void Find_skewed_left_handed_supercell_gives_the_same_group()
    {
        IntegerMatrix3 matrix = new(1, 7, -3, 0, 2, 5, 0, 0, -1);
        Structure skewed = Supercell.Of(KnownCrystals.Wurtzite, matrix);
        Assert.True(skewed.Lattice.Determinant < 0);
        Assert.Equal("P6_3mc (186)", $"{Find(skewed).Group}");
        Assert.Equal("Zn 2b, O 2b", Find(skewed).WyckoffPositions);
    }

    [Theory]
    [InlineData(0.01, "Pm (6)")]
    [InlineData(0.1, "P4/mmm (123)")]
    public void Find_displaced_atom_is_symmetric_within_symprec_only(double symprec, string group)
    {
        Structure displaced = KnownCrystals.Crystal(
            new(4, 4, 5, 90, 90, 90),
            ("Cs", 0, 0, 0),
            ("Cl", 0.505, 0.51, 0.5)
        );
        Assert.Equal(group, $"{new SymmetryFinder(symprec).Find(displaced)?.Group}");
    }

    [Fact]
    public void Find_from_several_threads_gives_what_one_gives()
    {
        Structure[] crystals =
        [
            .. Enumerable.Repeat(Textbook.Select(row => Known(row.Data.Item1)), 8).SelectMany(c => c),
        ];
        string?[] together = new string?[crystals.Length];
        Parallel.For(
            0,
            crystals.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            at => together[at] = Describe(crystals[at])
        );
        Assert.Equal(crystals.Select(Describe), together);

        static string? Describe(Structure crystal) =>
            $"{Finder.Find(crystal)?.Group} {Finder.Find(crystal)?.WyckoffPositions}";
    }

    [Fact]
    public void Find_atoms_in_one_place_gives_nothing()
    {
        Structure coincident = KnownCrystals.Crystal(
            new(4, 4, 4, 90, 90, 90),
            ("Na", 0, 0, 0),
            ("Na", 0, 0, 0),
            ("Cl", 0.5, 0.5, 0.5)
        );
        Assert.Null(Finder.Find(coincident));
    }

    [Fact]
    public void Untried_says_why_no_group_is_searched_for()
    {
        Structure large = Random(SymmetryFinder.MostAtoms + 1);

        Assert.Null(Finder.Find(large));
        Assert.StartsWith(
            $"{large.AtomCount} atoms in the primitive cell are more than",
            Finder.Untried(large),
            StringComparison.Ordinal
        );
        Assert.Null(Finder.Untried(KnownCrystals.RockSalt));
        Assert.StartsWith(
            "atoms are closer",
            Finder.Untried(KnownCrystals.Crystal(new(4, 4, 4, 90, 90, 90), ("Na", 0, 0, 0), ("Na", 0, 0, 0.001))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Untried_tolerance_longer_than_the_cell_is_named()
    {
        Assert.Equal(
            "atoms are closer to each other than 10 Å",
            new SymmetryFinder(10).Untried(KnownCrystals.RockSalt)
        );
        Assert.Equal(
            "the cell is too skewed or too long",
            Finder.Untried(KnownCrystals.Crystal(new(3, 3, 1000, 90, 90, 90), ("Na", 0, 0, 0)))
        );
    }

    [Fact]
    public void Find_needles_and_plates_does_not_crash()
    {
        Gen<Lattice> lattices = Gen.Select(Gen.Double[-9, 5].Array[9], Gen.Bool.Array[9])
            .Select((logs, signs) => logs.Zip(signs, (log, sign) => (sign ? 1 : -1) * Math.Pow(10, log)).ToArray())
            .Select(v => (A: Vector(v, 0), B: Vector(v, 3), C: Vector(v, 6)))
            .Where(rows => IsLattice(rows.A, rows.B, rows.C))
            .Select(rows => new Lattice(rows.A, rows.B, rows.C));
        Gen.Select(
                lattices,
                Gen.Select(CrystalGenerators.Positions, Gen.Int[1, 2], (p, z) => new Site(new Element(z), p)).Array[
                    1,
                    6
                ],
                (lattice, sites) => new Structure(lattice, sites)
            )
            .Sample(structure => Finder.Find(structure), iter: RandomCells);
    }

    [Fact]
    public void Find_supercell_of_many_atoms_is_searched_by_its_primitive_cell()
    {
        Structure large = Supercell.Of(KnownCrystals.RockSalt, 12, 12, 12);
        Assert.True(large.AtomCount > SymmetryFinder.MostAtoms);
        Assert.Equal("Fm-3m (225)", $"{Find(large).Group}");
    }

    [Fact]
    public void Find_cell_whose_lengths_differ_by_the_tolerance_of_reduction_is_searched()
    {
        // mp-1212526, Hf5CoSn3: Niggli's steps went round in circles
        Structure cell = KnownCrystals.Crystal(
            new(5.754168, 8.553049, 8.553048, 120.000219, 90.000035, 90.000009),
            ("Co", 0, 0, 0),
            ("Co", 0.5, 0, 0)
        );
        Assert.Null(Finder.Untried(cell));
        Assert.Equal("P6/mmm (191)", $"{Find(cell).Group}");
    }

    /// <summary>Atoms at random on the points of a fine grid: none too near another, and no symmetry.</summary>
    private static Structure Random(int atoms)
    {
        const int Grid = 20;
        Random random = new(1);
        return new Structure(
            Lattice.Cubic(40),
            Enumerable
                .Range(0, Grid * Grid * Grid)
                .OrderBy(_ => random.Next())
                .Take(atoms)
                .Select(at => new Site(
                    new Element(14),
                    new(at % Grid / (double)Grid, at / Grid % Grid / (double)Grid, at / Grid / Grid / (double)Grid)
                ))
        );
    }

    private static Cartesian Vector(double[] numbers, int at) => new(numbers[at], numbers[at + 1], numbers[at + 2]);

    /// <summary>Rounded vectors may lie in a plane.</summary>
    private static bool IsLattice(Cartesian a, Cartesian b, Cartesian c)
    {
        try
        {
            _ = new Lattice(a, b, c);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [Fact]
    public void Find_random_crystals_fills_each_conventional_cell() =>
        CrystalGenerators
            .Structures(12)
            .Sample(
                structure =>
                    Finder.Find(structure) is not { } found
                    || Math.Abs(found.ConventionalCell.VolumePerAtom / structure.VolumePerAtom - 1) < 0.2,
                iter: RandomCells
            );

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Finder_symprec_that_is_no_distance_is_refused(double symprec) =>
        Assert.Throws<OptionException>(() => new SymmetryFinder(symprec));

    private static CrystalSymmetry Find(Structure structure)
    {
        return Finder.Find(structure) ?? throw new InvalidOperationException("No symmetry was found.");
    }

    private static Structure Known(string name) => (Structure)typeof(KnownCrystals).GetProperty(name)!.GetValue(null)!;
}
