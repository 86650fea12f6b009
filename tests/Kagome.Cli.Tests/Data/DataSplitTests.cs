using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Data;

public sealed class DataSplitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Split_keeps_every_crystal_once_and_polymorphs_together()
    {
        string formulas = folder.WriteFormulas("all.jsonl", 40);
        ProgramRun run = await Split(formulas, "--shares", "train=0.5,val=0.5", "--json");
        run.AssertSuccess();
        CrystalRecord[] train = Part("train");
        CrystalRecord[] val = Part("val");
        Assert.Equal(80, train.Concat(val).Select(record => record.Id).Distinct().Count());
        Assert.Empty(Formulas(train).Intersect(Formulas(val)));
        Assert.Equal(40, Formulas(train).Concat(Formulas(val)).Count());
        JsonElement parts = JsonDocument.Parse(run.Output).RootElement.GetProperty("parts");
        Assert.Equal(train.Length, parts.GetProperty("train").GetInt32());
    }

    [Theory]
    [InlineData("add up to 0.95", "train=0.9,val=0.05")]
    [InlineData("--shares has 'train'", "train")]
    [InlineData("--shares has '../up=0.5'", "train=0.5,../up=0.5")]
    [InlineData("--shares has 'val=x'", "train=0.5,val=x")]
    [InlineData("same name", "val=0.5,val=0.5")]
    [InlineData("the share of 'val' is 0", "train=1,val=0")]
    [InlineData("The 2 crystals all have the formula ", "train=0.5,val=0.5")]
    [InlineData("or name fewer --shares", "train=0.5,val=0.5")]
    public async Task Split_bad_shares_are_refused_and_nothing_written(string part, string shares)
    {
        string formulas = folder.WriteFormulas("all.jsonl", 1);
        (await Split(formulas, "--shares", shares)).AssertRefused(part);
        Assert.Equal(["all.jsonl"], folder.FileNames);
        Assert.False(Directory.Exists(folder["parts"]));
    }

    [Fact]
    public async Task Split_replaces_nothing_without_force()
    {
        string formulas = folder.WriteFormulas("all.jsonl", 40);
        (await Split(formulas)).AssertSuccess();
        (await Split(formulas)).AssertRefused("--force");
        (await Split(formulas, "--force")).AssertSuccess();
    }

    private static IEnumerable<string> Formulas(IEnumerable<CrystalRecord> records) =>
        records.Select(record => record.Structure.Composition.ReducedFormula).Distinct();

    private Task<ProgramRun> Split(string path, params string[] options) =>
        ProgramRun.Of(["data", "split", path, "--out", folder["parts"], .. options]);

    private CrystalRecord[] Part(string name) => [.. DataSet.Read(folder[$"parts/{name}.jsonl.gz"]).RecordsOrThrow()];
}
