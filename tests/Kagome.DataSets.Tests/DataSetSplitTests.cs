using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.DataSets.Tests;

public sealed class DataSetSplitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
            Assert.Equal(share < 0.1 ? "val" : "train", new DataSetSplit(TrainAndVal).PartOf(composition));
            string part = new DataSetSplit([new("train", 0.8), new("val", 0.15), new("test", 0.05)]).PartOf(
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
        DataSetSplit split = new([new("a", 0.5), new("b", 0.5)]);
        DataSetSplit other = new([new("a", 0.5), new("b", 0.5)], seed: 1);
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
            Assert.Throws<InputException>(() => new DataSetSplit([new("train", train), new("val", val)])).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("val", "Val", "same name")]
    [InlineData("val", "../up", "'../up' is no name")]
    [InlineData("val", "", "'' is no name")]
    public void Shares_of_bad_names_are_refused(string first, string second, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<InputException>(() => new DataSetSplit([new(first, 0.5), new(second, 0.5)])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Write_keeps_every_crystal_once_polymorphs_together_and_names_the_part()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(
            folder["all.jsonl"],
            [.. TestCrystals.Formulas(40).Select(crystal => crystal with { Split = "test" })]
        );
        DataSetSplit split = new([new("train", 0.5), new("val", 0.5)]);
        SplitCounts counts = split.Write(
            new CrystalReader(folder["all.jsonl"]),
            folder["parts"],
            cancellation: Cancellation
        );
        CrystalRecord[] train = Part("train");
        CrystalRecord[] val = Part("val");
        Assert.Equal(80, train.Concat(val).Select(record => record.Id).Distinct().Count());
        Assert.Empty(Formulas(train).Intersect(Formulas(val)));
        Assert.Equal(40, Formulas(train).Concat(Formulas(val)).Count());
        Assert.Equal((80, train.Length, val.Length), (counts.Crystals, counts.Parts["train"], counts.Parts["val"]));
        Assert.All(val, record => Assert.Equal("val", record.Split));

        CrystalRecord[] Part(string name) =>
            [.. new CrystalReader(split.FilesIn(folder["parts"])[name]) { IsStrict = true }.Read(Cancellation)];

        static IEnumerable<string> Formulas(IEnumerable<CrystalRecord> records) =>
            records.Select(record => record.Structure.Composition.ReducedFormula).Distinct();
    }

    [Fact]
    public void Write_of_fewer_formulas_than_parts_asks_for_formulas_and_not_for_another_seed()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["all.jsonl"], TestCrystals.Formulas(1));
        InputException refused = Assert.Throws<InputException>(() =>
            new DataSetSplit([new("train", 0.5), new("val", 0.5)]).Write(
                new CrystalReader(folder["all.jsonl"]),
                folder["parts"],
                cancellation: Cancellation
            )
        );
        Assert.StartsWith("The 2 crystals all have the formula ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["Shares"], refused.Options);
        Assert.Equal(["all.jsonl"], folder.FileNames);
    }

    [Fact]
    public void Write_of_a_part_that_gets_no_crystal_writes_nothing()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["all.jsonl"], TestCrystals.Formulas(2));
        InputException refused = Assert.Throws<InputException>(() =>
            new DataSetSplit([new("train", 0.999999), new("val", 0.000001)]).Write(
                new CrystalReader(folder["all.jsonl"]),
                folder["parts"],
                cancellation: Cancellation
            )
        );
        Assert.Contains("val gets none of the 4 crystals", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["Seed"], refused.Options);
        Assert.Equal(["all.jsonl"], folder.FileNames);
    }

    [Fact]
    public void Write_cancelled_leaves_the_parts_that_were_there()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["all.jsonl"], TestCrystals.Formulas(40));
        DataSetSplit split = new([new("train", 0.5), new("val", 0.5)]);
        split.Write(new CrystalReader(folder["all.jsonl"]), folder["parts"], cancellation: Cancellation);
        byte[] before = File.ReadAllBytes(folder["parts/train.jsonl.gz"]);
        using CancellationTokenSource cancellation = new();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            split.Write(new CrystalReader(folder["all.jsonl"]), folder["parts"], null, cancellation.Token)
        );
        Assert.Equal(before, File.ReadAllBytes(folder["parts/train.jsonl.gz"]));
        Assert.Equal(["all.jsonl", "parts/train.jsonl.gz", "parts/val.jsonl.gz"], folder.FileNames);
    }

    /// <summary>The counts of the files that the shipped predictor was trained on, which another program split.</summary>
    [Fact]
    public void PartOf_splits_the_extra_crystals_as_before()
    {
        DataSetSplit split = new(TrainAndVal);
        Dictionary<string, int> counts = DataSet
            .Read(SharedData.PathOrSkip("data/mp-extra.jsonl.gz"))
            .RecordsOrThrow()
            .CountBy(record => split.PartOf(record.Structure.Composition))
            .ToDictionary();
        Assert.Equal((25_915, 3_076), (counts["train"], counts["val"]));
    }
}
