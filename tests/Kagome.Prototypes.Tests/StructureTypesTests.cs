using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Prototypes.Tests;

public sealed class StructureTypesTests
{
    private static readonly IntegerMatrix3[] Shears =
    [
        new(1, 1, 0, 0, 1, 0, 0, 0, 1),
        new(1, 0, -1, 0, 1, 0, 0, 0, 1),
        new(1, 0, 0, -1, 1, 0, 0, 0, 1),
        new(1, 0, 0, 0, 1, 1, 0, 0, 1),
        new(1, 0, 0, 0, 1, 0, 0, -1, 1),
        new(0, 1, 0, 1, 0, 0, 0, 0, 1),
    ];

    /// <summary>Matrices of determinant 1 or -1 of some sheared cells.</summary>
    private static readonly Gen<IntegerMatrix3> Cells = Gen.Int[0, 5]
        .Select(step => Shears[step])
        .Array[0, 4]
        .Select(steps => steps.Aggregate(IntegerMatrix3.Identity, (product, step) => step * product));

    [Fact]
    public void Add_rock_salt_of_two_compounds_is_one_type_and_caesium_chloride_another()
    {
        StructureTypes types = new(new AnonymousFormula([1, 1]));
        Assert.Equal(0, types.Add(RockSalt("Na", "Cl", 5.64))?.Type);
        Assert.Equal(0, types.Add(RockSalt("Pb", "S", 5.94))?.Type);
        Assert.Equal(1, types.Add(CaesiumChloride("Cs", "Cl", 4.12))?.Type);
        Assert.Equal(2, types.Add(ZincBlende("Ga", "As", 5.65))?.Type);
        Assert.Equal(1, types.Add(CaesiumChloride("Ni", "Al", 2.88))?.Type);
    }

    [Fact]
    public void CanonicalOrders_where_elements_can_change_places_both_ways_are_one()
    {
        StructureTypes types = new(new AnonymousFormula([1, 1]));
        types.Add(RockSalt("Na", "Cl", 5.64));
        types.Add(CaesiumChloride("Cs", "Cl", 4.12));
        types.Add(ZincBlende("Ga", "As", 5.65));
        Assert.All(types.CanonicalOrders(), orders => Assert.Equal([0, 0], orders));
    }

    [Fact]
    public void CanonicalOrders_where_elements_cannot_change_places_both_ways_count()
    {
        StructureTypes types = new(new AnonymousFormula([2, 2]));
        types.Add(NickelArsenide("Ni", "As", 3.6, 5.0));
        Assert.Equal([0, 1], Assert.Single(types.CanonicalOrders()));
    }

    /// <summary>The slow twin: fill the type in every two ways, and ask the matcher.</summary>
    [Fact]
    public void CanonicalOrders_are_equal_exactly_where_the_crystals_are()
    {
        AnonymousFormula formula = new([1, 1, 1]);
        StructureTypes types = new(formula);
        types.Add(HalfHeusler("Li", "Si", "Al", 5.93));
        int[] canonical = Assert.Single(types.CanonicalOrders());
        Assert.Equal(3, canonical.Distinct().Count());
        string[] elements = ["Li", "Al", "Si"]; // by atomic number: the type's slots
        Structure[] filled =
        [
            .. SlotOrders
                .Of(formula.Counts)
                .Select(order => HalfHeusler(elements[order[0]], elements[order[2]], elements[order[1]], 5.93)),
        ];
        StructureMatcher matcher = new();
        for (int first = 0; first < filled.Length; first++)
        {
            for (int second = 0; second < filled.Length; second++)
            {
                Assert.Equal(
                    matcher.Compare(filled[first], filled[second], TestContext.Current.CancellationToken).IsMatch,
                    canonical[first] == canonical[second]
                );
            }
        }
    }

    [Fact]
    public void Add_perovskites_whose_elements_sort_the_other_way_get_the_right_slots()
    {
        StructureTypes types = new(new AnonymousFormula([1, 1, 3]));
        Assert.Equal(["Ca", "Ti", "O"], Symbols(types.Add(Perovskite("Ca", "Ti", "O", 3.9))));
        Assert.Equal(["Ba", "Ti", "O"], Symbols(types.Add(Perovskite("Ba", "Ti", "O", 4.0))));
        Assert.Equal(["K", "Mg", "F"], Symbols(types.Add(Perovskite("K", "Mg", "F", 3.99))));
        Assert.Equal(0, types.Add(Perovskite("Sr", "Ti", "O", 3.9))?.Type);
    }

    [Fact]
    public void Add_size_cell_order_and_origin_do_not_matter()
    {
        Structure[] kinds =
        [
            Perovskite("Ba", "Ti", "O", 4.0),
            HalfHeusler("Li", "Si", "Al", 5.93),
            NickelArsenide("Ni", "As", 3.6, 5.0),
            Rutile("Sn", "O", 4.74, 3.19),
        ];
        Gen.Select(
                Gen.Int[0, kinds.Length - 1],
                Cells,
                Gen.Double[0.7, 1.5],
                Gen.Double[0, 1].Array[3],
                Gen.Int[0, 1000]
            )
            .Sample(
                (kind, cell, scale, shift, seed) =>
                {
                    Structure known = kinds[kind];
                    StructureTypes types = new(AnonymousFormula.Of(known.Composition));
                    TypeMembership? expected = types.Add(known);
                    Structure other = Supercell.Of(known, cell);
                    Site[] sites =
                    [
                        .. other.Sites.Select(site =>
                            site with
                            {
                                Position = (site.Position + new Fractional(shift[0], shift[1], shift[2])).Wrap(),
                            }
                        ),
                    ];
                    new Random(seed).Shuffle(sites);
                    Structure changed = new(other.Lattice.ScaleToVolume(scale * other.Lattice.Volume), sites);
                    Assert.Equal(0, types.Add(changed)?.Type);
                    AssertSameCrystal(known, expected!.Value, types.Add(changed)!.Value);
                },
                iter: 60
            );
    }

    /// <summary>Elements that can change places may do so.</summary>
    private static void AssertSameCrystal(Structure known, TypeMembership expected, TypeMembership found)
    {
        Dictionary<Element, Element> replaced = expected
            .Elements.Zip(found.Elements)
            .ToDictionary(pair => pair.First, pair => pair.Second);
        Structure again = new(
            known.Lattice,
            known.Sites.Select(site => site with { Element = replaced[site.Element] })
        );
        Assert.True(new StructureMatcher().Compare(known, again, TestContext.Current.CancellationToken).IsMatch);
    }

    private static IEnumerable<string> Symbols(TypeMembership? member) =>
        member!.Value.Elements.Select(element => element.Symbol);
}
