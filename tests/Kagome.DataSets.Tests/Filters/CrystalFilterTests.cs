using Kagome.Core.Elements;
using Kagome.Core.Structures;
using Kagome.DataSets.Filters;

namespace Kagome.DataSets.Tests.Filters;

public sealed class CrystalFilterTests
{
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
        Assert.Equal(reason, new CrystalFilter { Atoms = Range(atoms) }.Reason(Salt));

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
        Assert.Null(new CrystalFilter { OnlyElements = Elements("Na", "Cl", "O") }.Reason(Salt));
        Assert.NotNull(new CrystalFilter { OnlyElements = Elements("Na", "O") }.Reason(Salt));
        Assert.Equal("holds Cl", new CrystalFilter { WithoutElements = Elements("Cl") }.Reason(Salt));
        Assert.Null(new CrystalFilter { WithoutElements = Elements("O") }.Reason(Salt));
    }

    [Fact]
    public void Reason_split()
    {
        CrystalFilter train = new() { Split = "train" };
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

    private static CrystalFilter Energies(string range) =>
        new() { Labels = [new LabelRange(CrystalFilter.EnergyAboveHull, Range(range))] };

    private static NumberRange Range(string text) =>
        NumberRange.TryParse(text, out NumberRange range) ? range : throw new ArgumentException(text, nameof(text));

    private static HashSet<Element> Elements(params string[] symbols) => [.. symbols.Select(Element.FromSymbol)];
}
