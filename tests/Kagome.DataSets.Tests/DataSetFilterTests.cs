using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets.Tests;

public sealed class DataSetFilterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly CrystalRecord Salt = TestCrystals.Labelled("salt", TestCrystals.RockSalt(5.64), 0.2);
    private static readonly CrystalRecord Unlabelled = new("bare", TestCrystals.RockSalt(5.64));

    [Theory]
    [InlineData("8", null)]
    [InlineData("3..30", null)]
    [InlineData("..8", null)]
    [InlineData("8..", null)]
    [InlineData("9..", "fewer than 9 atoms")]
    [InlineData("..7", "more than 7 atoms")]
    public void Reason_atoms(string atoms, string? reason) =>
        Assert.Equal(reason, new DataSetFilter { AtomCount = Range(atoms) }.Reason(Salt));

    [Theory]
    [InlineData("..0.2", null)]
    [InlineData("..0.1", "e_hull above 0.1")]
    [InlineData("0.3..", "e_hull below 0.3")]
    public void Reason_label(string range, string? reason) => Assert.Equal(reason, Energies(range).Reason(Salt));

    [Fact]
    public void Reason_without_the_label_is_left_out_unless_wanted()
    {
        Assert.Equal("no number as label 'e_hull'", Energies("..1").Reason(Unlabelled));
        Assert.Null((Energies("..1") with { KeepsUnlabelled = true }).Reason(Unlabelled));
        Assert.NotNull((Energies("..0.1") with { KeepsUnlabelled = true }).Reason(Salt));
    }

    [Fact]
    public void Reason_label_that_is_no_number_counts_as_absent() =>
        Assert.NotNull(Energies("..1").Reason(TestCrystals.Labelled("nan", TestCrystals.RockSalt(5.6), double.NaN)));

    [Fact]
    public void Reason_elements()
    {
        Assert.Null(new DataSetFilter { OnlyElements = Elements("Na", "Cl", "O") }.Reason(Salt));
        Assert.NotNull(new DataSetFilter { OnlyElements = Elements("Na", "O") }.Reason(Salt));
        Assert.Equal("holds Cl", new DataSetFilter { WithoutElements = Elements("Cl") }.Reason(Salt));
        Assert.Null(new DataSetFilter { WithoutElements = Elements("O") }.Reason(Salt));
    }

    [Fact]
    public void Reason_formula_is_compared_reduced()
    {
        DataSetFilter filter = new() { WithoutFormulas = new HashSet<Composition> { FormulaParser.Parse("NaCl") } };
        Assert.Equal("of a formula that is left out", filter.Reason(Salt)); // Na4Cl4
        Assert.Null(
            (filter with { WithoutFormulas = new HashSet<Composition> { FormulaParser.Parse("NaCl2") } }).Reason(Salt)
        );
    }

    [Fact]
    public void Reason_split()
    {
        DataSetFilter train = new() { Split = "train" };
        Assert.Equal("of no split", train.Reason(Salt));
        Assert.Equal("of the val split", train.Reason(Salt with { Split = "val" }));
        Assert.Null(train.Reason(Salt with { Split = "train" }));
    }

    [Fact]
    public void Apply_gives_the_kept_in_order_and_tells_of_each_other_once()
    {
        List<string> leftOut = [];
        CrystalRecord[] kept =
        [
            .. Energies("..0.3").Apply([Unlabelled, Salt, Unlabelled], (record, _) => leftOut.Add(record.Id)),
        ];
        Assert.Equal([Salt], kept);
        Assert.Equal(["bare", "bare"], leftOut);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("..")]
    [InlineData("3...5")]
    [InlineData("5..3")]
    [InlineData("a..3")]
    [InlineData("nan..3")]
    [InlineData("1..2..3")]
    [InlineData("1,5")]
    public void TryParse_what_is_no_range_is_refused(string? text) => Assert.False(NumberRange.TryParse(text, out _));

    [Fact]
    public void TryParse_of_what_ToString_wrote_is_the_same_range() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[0, 1e6])
            .Sample(ends =>
            {
                NumberRange range = new(ends.Item1, ends.Item1 + ends.Item2);
                Assert.True(NumberRange.TryParse(range.ToString(), out NumberRange read));
                Assert.Equal(range, read);
            });

    [Fact]
    public void Write_keeps_what_meets_all_conditions_and_counts_the_rest()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(10));
        File.AppendAllText(folder["series.jsonl"], "{\"id\": 1}\n");
        FilterCounts counts = Energies("..0.04")
            .Write(new CrystalReader(folder["series.jsonl"]), folder["kept.jsonl.gz"], cancellation: Cancellation);
        Assert.Equal((10, 4, 1), (counts.Crystals, counts.Kept, counts.Unreadable));
        Assert.Equal([new("e_hull above 0.04", 6)], counts.LeftOut);
        Assert.Equal(
            ["po-1", "po-2", "po-3", "po-4"],
            new CrystalReader(folder["kept.jsonl.gz"]).Read(Cancellation).Select(record => record.Id)
        );
    }

    [Fact]
    public void Reader_takes_the_filter_and_counts_by_its_reasons()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(10));
        CrystalReader reader = new(folder["series.jsonl"]) { Reject = Energies("..0.04").Reason };
        Assert.Equal(4, reader.Read(Cancellation).Count());
        Assert.Equal([new("e_hull above 0.04", 6)], reader.Skipped);
    }

    [Theory]
    [InlineData("gap", "..1", "label 'gap' (they have e_hull)")]
    [InlineData("e_hull", "9..", "No crystal is left (3 e_hull below 9)")]
    public void Write_that_would_write_nothing_is_refused(string label, string range, string part)
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(3));
        DataSetFilter filter = new() { Labels = [new LabelRange(label, Range(range))], KeepsUnlabelled = true };
        InputException refused = Assert.Throws<InputException>(() =>
            filter.Write(new CrystalReader(folder["series.jsonl"]), folder["kept.jsonl"], cancellation: Cancellation)
        );
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["series.jsonl"], folder.FileNames);
    }

    [Theory]
    [InlineData("series.jsonl", "is read and would be replaced")]
    [InlineData("one.vasp", "holds one crystal")]
    public void Write_to_a_file_that_cannot_be_the_target_is_refused(string name, string part)
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(3));
        Assert.Contains(
            part,
            Assert
                .Throws<InputException>(() =>
                    new DataSetFilter().Write(
                        new CrystalReader(folder["series.jsonl"]),
                        folder[name],
                        cancellation: Cancellation
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is read and would be replaced",
            Assert
                .Throws<InputException>(() =>
                    new DataSetFilter().Write(
                        new CrystalReader(folder.FullName),
                        folder["new.jsonl"],
                        cancellation: Cancellation
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Equal(3, new CrystalReader(folder["series.jsonl"]).Read(Cancellation).Count());
    }

    [Fact]
    public void Write_progress_estimates_the_total_from_the_length_of_the_files()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(500));
        List<WorkProgress> reports = [];
        new DataSetFilter().Write(
            new CrystalReader(folder["series.jsonl"]),
            folder["all.jsonl"],
            new Recording(reports),
            cancellation: Cancellation
        );
        Assert.Equal([100, 200, 300, 400, 500], reports.Select(report => report.Done));
        Assert.All(reports, report => Assert.True(report.Total >= report.Done, $"{report}"));
    }

    private static DataSetFilter Energies(string range) =>
        new() { Labels = [new LabelRange(Labels.EnergyAboveHull, Range(range))] };

    private static NumberRange Range(string text) =>
        NumberRange.TryParse(text, out NumberRange range) ? range : throw new ArgumentException(text, nameof(text));

    private static HashSet<Element> Elements(params string[] symbols) => [.. symbols.Select(Element.FromSymbol)];

    private sealed class Recording(List<WorkProgress> reports) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => reports.Add(value);
    }
}
