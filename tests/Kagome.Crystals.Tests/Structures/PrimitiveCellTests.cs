using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Structures;

public sealed class PrimitiveCellTests
{
    private const double Tolerance = 1e-6;
    private static readonly Element Sodium = Element.FromSymbol("Na");
    private static readonly Element Chlorine = Element.FromSymbol("Cl");

    private static readonly Structure RockSalt = new(
        Lattice.Cubic(5.64),
        [
            new(Sodium, new(0, 0, 0)),
            new(Sodium, new(0, 0.5, 0.5)),
            new(Sodium, new(0.5, 0, 0.5)),
            new(Sodium, new(0.5, 0.5, 0)),
            new(Chlorine, new(0.5, 0.5, 0.5)),
            new(Chlorine, new(0.5, 0, 0)),
            new(Chlorine, new(0, 0.5, 0)),
            new(Chlorine, new(0, 0, 0.5)),
        ]
    );

    [Fact]
    public void Of_rock_salt_is_one_formula_unit_in_the_rhombohedral_cell()
    {
        Structure primitive = Primitive(RockSalt);
        LatticeParameters parameters = primitive.Lattice.Parameters;
        Assert.Equal([Chlorine, Sodium], primitive.Sites.Select(site => site.Element));
        Assert.Equal(5.64 / Math.Sqrt(2), parameters.A, Tolerance);
        Assert.Equal(60, parameters.Alpha, Tolerance);
        Assert.Equal(2.82, PeriodicDistances.Matrix(primitive)[0, 1], Tolerance);
    }

    [Fact]
    public void Of_displaced_copies_takes_their_mean()
    {
        Structure doubled = new(
            Lattice.FromParameters(new(8, 5, 5, 90, 90, 90)),
            [
                new(Sodium, new(0, 0, 0)),
                new(Sodium, new(0.51, 0, 0)),
                new(Chlorine, new(0.25, 0.5, 0.5)),
                new(Chlorine, new(0.75, 0.5, 0.5)),
            ]
        );
        Structure primitive = Primitive(doubled);
        Assert.Equal(2, primitive.AtomCount);
        // sodium lies 0.04 Å from the middle of its two descriptions, so it is as far from the nearest chlorine
        double expected = Math.Sqrt((1.96 * 1.96) + 12.5);
        Assert.Equal(expected, PeriodicDistances.Matrix(primitive)[0, 1], Tolerance);
    }

    [Fact]
    public void Of_copies_displaced_beyond_the_tolerance_stays_as_it_is()
    {
        Structure doubled = new(
            Lattice.FromParameters(new(8, 5, 5, 90, 90, 90)),
            [new(Sodium, default), new(Sodium, new(0.54, 0, 0))]
        );
        Assert.Same(doubled, Primitive(doubled));
        Assert.Equal(1, Primitive(doubled, toleranceAngstrom: 0.4).AtomCount);
    }

    [Fact]
    public void Of_supercell_has_as_few_atoms_as_the_cell_it_was_made_from() =>
        Gen.Select(UnreducedCrystals.Structure.Select(GiveSpace), Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[-2, 2])
            .Where((structure, _, _, _) => PeriodicDistances.Shortest(structure) > 1)
            .Sample(
                (structure, alongA, alongB, shear) =>
                {
                    Structure supercell = Supercell.Of(structure, new(alongA, shear, 0, 0, alongB, 0, 0, shear, 1));
                    Structure primitive = Primitive(NiggliCell.Of(supercell));
                    Assert.True(primitive.AtomCount <= structure.AtomCount);
                    Assert.Equal(1, primitive.VolumePerAtom / structure.VolumePerAtom, Tolerance);
                },
                iter: 100
            );

    [Fact]
    public void Of_large_supercell_ends_soon()
    {
        Structure supercell = Supercell.Of(RockSalt, 5, 5, 5);
        Assert.Equal(1000, supercell.AtomCount);
        Assert.Equal(2, Primitive(supercell).AtomCount);
    }

    [Fact]
    public void Of_cancelled_search_stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            PrimitiveCell.Of(RockSalt, cancellationToken: new CancellationToken(canceled: true))
        );

    private static Structure Primitive(
        Structure structure,
        double toleranceAngstrom = PrimitiveCell.DefaultToleranceAngstrom
    ) => PrimitiveCell.Of(structure, toleranceAngstrom, TestContext.Current.CancellationToken);

    private static Structure GiveSpace(Structure structure) =>
        new(structure.Lattice.ScaleToVolume(60 * structure.AtomCount), structure.Sites);
}
