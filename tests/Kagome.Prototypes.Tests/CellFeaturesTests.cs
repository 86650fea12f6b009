using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Prototypes.Tests;

/// <summary>What speaks for the cells of a formula: here of one unit, as in rock salt, or of two, as in nickel arsenide.</summary>
public sealed class CellFeaturesTests
{
    private const int OfFormulas = 1;
    private const int OfNearFormulas = 2;

    [Fact]
    public void Of_is_a_row_of_finite_numbers_for_each_cell()
    {
        float[][] rows = Rows("KBr", RockSalt("Na", "Cl", 5.6), NickelArsenide("Fe", "S", 3.4, 5.9));
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Equal(CellFeatures.Count, row.Length));
        Assert.All(rows.SelectMany(row => row), number => Assert.True(float.IsFinite(number)));
    }

    /// <summary>Of one formula known in many stackings that are equally stable, all together say no more than the one of another formula.</summary>
    [Fact]
    public void Of_a_formula_known_many_times_counts_once()
    {
        Structure one = RockSalt("Rb", "Cl", 6.5);
        Structure other = NickelArsenide("Rb", "I", 4.4, 7.9);
        float[] alone = Difference(Rows("KBr", one, other));
        float[] often = Difference(Rows("KBr", one, other, Scaled(other, 1.3), Scaled(other, 1.5), Scaled(other, 1.7)));
        Assert.Equal(alone[OfFormulas], often[OfFormulas], 1e-5f);
        Assert.Equal(alone[OfNearFormulas], often[OfNearFormulas], 1e-5f);
        Assert.True(
            often[CellFeatures.OfCrystals] < alone[CellFeatures.OfCrystals],
            "Crystals that are counted one by one should say more."
        );
    }

    /// <summary>Of the two crystals of RbCl the one on the hull says which cell the formula has.</summary>
    [Fact]
    public void Of_a_formula_with_crystals_of_several_cells_counts_the_lowest_in_energy()
    {
        Structure one = RockSalt("Rb", "Cl", 6.5);
        Structure two = NickelArsenide("Rb", "Cl", 4.4, 7.9);
        float[] first = Difference(Rows("KBr", [(one, 0), (two, 0.3)]));
        float[] second = Difference(Rows("KBr", [(one, 0.3), (two, 0)]));
        Assert.True(first[OfFormulas] > 1, $"The cell on the hull is no better: {first[OfFormulas]}.");
        Assert.Equal(first[OfFormulas], -second[OfFormulas], 1e-5f);
    }

    [Fact]
    public void Of_crystals_of_the_formula_itself_say_nothing()
    {
        Structure[] others = [RockSalt("Rb", "Cl", 6.5), NickelArsenide("Rb", "I", 4.4, 7.9)];
        Structure own = NickelArsenide("K", "Br", 4.4, 7.9);
        float[] without = Difference(Rows("KBr", others));
        float[] with = Difference(Rows("KBr", [.. others, own]));
        foreach (int feature in new[] { CellFeatures.OfCrystals, OfFormulas, OfNearFormulas })
        {
            Assert.Equal(without[feature], with[feature], 1e-6f);
        }
    }

    private static Structure Scaled(Structure structure, double factor) =>
        new(structure.Lattice.ScaleToVolume(structure.Lattice.Volume * factor), structure.Sites);

    /// <summary>Features of the small cell less those of the large one.</summary>
    private static float[] Difference(float[][] rows) => [.. rows[0].Zip(rows[1], (first, second) => first - second)];

    private static float[][] Rows(string formula, params Structure[] known) =>
        Rows(formula, [.. known.Select(structure => (structure, 0.0))]);

    private static float[][] Rows(string formula, (Structure Structure, double Energy)[] known)
    {
        PrototypeLibrary library = Library(
            known.Select((crystal, at) => Record($"known-{at}", crystal.Structure, crystal.Energy))
        );
        ProposalSearch search = new([library], ranker: null);
        Composition unit = FormulaParser.Parse(formula);
        return CellFeatures.Of([search.Evidence(unit), search.Evidence(unit.Times(2))]);
    }
}
