using Kagome.Core.Compositions;
using Kagome.DataSets.Splits;
using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.DataSets.Tests.Splits;

public sealed class FormulaSplitTests
{
    private static readonly SplitShare[] TrainAndVal = [new("train", 0.9), new("val", 0.1)];

    [Theory]
    [InlineData("NaCl", "Na1Cl1")]
    [InlineData("Na4Cl4", "Na1Cl1")]
    [InlineData("SrTiO3", "O3Ti1Sr1")]
    [InlineData("H2O", "H2O1")]
    [InlineData("C24", "C1")]
    public void Key_is_reduced_and_ordered_by_atomic_number(string formula, string key) =>
        Assert.Equal(key, FormulaHash.Key(FormulaParser.Parse(formula)));

    /// <summary>Made with the Python package xxhash: xxh64_intdigest(b"Na1Cl1"), and with seed=7.</summary>
    [Theory]
    [InlineData(0, 1446506576557264906UL)]
    [InlineData(7, 14166396560405318992UL)]
    public void Of_is_the_hash_that_other_programs_compute(long seed, ulong hash) =>
        Assert.Equal(hash, FormulaHash.Of(FormulaParser.Parse("Na4Cl4"), seed));

    [Fact]
    public void PartOf_last_named_takes_the_lowest_hashes() =>
        CrystalGenerators.Compositions.Sample(composition =>
        {
            double share = FormulaHash.Share(composition);
            Assert.Equal(share < 0.1 ? "val" : "train", new FormulaSplit(TrainAndVal).PartOf(composition));
            string part = new FormulaSplit([new("train", 0.8), new("val", 0.15), new("test", 0.05)]).PartOf(
                composition
            );
            Assert.Equal(
                share < 0.05 ? "test"
                    : share < 0.2 ? "val"
                    : "train",
                part
            );
        });

    [Fact]
    public void PartOf_is_the_same_for_all_cells_and_differs_between_seeds()
    {
        Composition[] formulas = [.. Enumerable.Range(1, 100).Select(count => FormulaParser.Parse($"NaCl{count}"))];
        FormulaSplit split = new([new("a", 0.5), new("b", 0.5)]);
        FormulaSplit other = new([new("a", 0.5), new("b", 0.5)], seed: 1);
        Assert.Equal(formulas.Select(split.PartOf), formulas.Select(formula => split.PartOf(formula.Times(3))));
        Assert.NotEqual(formulas.Select(split.PartOf), formulas.Select(other.PartOf));
    }

    [Theory]
    [InlineData(0.9, 0.2, "add up to 1.1")]
    [InlineData(1, 0, "the share of 'val' is 0")]
    [InlineData(0.9, double.NaN, "the share of 'val'")]
    [InlineData(1.1, -0.1, "the share of 'train' is 1.1")]
    public void Shares_that_are_none_are_refused(double train, double val, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<ArgumentException>(() => new FormulaSplit([new("train", train), new("val", val)])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Shares_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new FormulaSplit([new("val", 0.5), new("Val", 0.5)]));

    /// <summary>The counts of the files that the shipped predictor was trained on, which another program split.</summary>
    [Fact]
    public void PartOf_splits_the_extra_crystals_as_before()
    {
        FormulaSplit split = new(TrainAndVal);
        Dictionary<string, int> counts = DataSet
            .Read(SharedData.PathOrSkip("data/mp-extra.jsonl.gz"))
            .RecordsOrThrow()
            .CountBy(record => split.PartOf(record.Structure.Composition))
            .ToDictionary();
        Assert.Equal((25_915, 3_076), (counts["train"], counts["val"]));
    }
}
