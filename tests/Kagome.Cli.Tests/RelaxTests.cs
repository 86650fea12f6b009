using System.Text.Json;
using Kagome.Cli.Tests.Schemas;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>kagome relax as a user meets it, with a predictor of seconds.</summary>
public sealed class RelaxTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    private string Model => folder["run/model.safetensors"];

    private string Data => folder["data.jsonl"];

    public async ValueTask InitializeAsync()
    {
        CrystalRecord skewed = new("skewed", TestCrystals.Skewed) { Split = "train" };
        StructureFile.Write(Data, [.. TestCrystals.Series(5), skewed]);
        await PredictorModel.Train(Data, folder["run"]);
    }

    [Fact]
    public async Task Relax_data_lowers_energies_and_keeps_names_splits_and_labels()
    {
        ProgramRun run = await Relax("--data", Data, "--json");
        run.AssertSuccess();
        PublishedSchemas.AssertValidFile(DocumentSchema.Relaxation, folder["out/relaxation.json"]);
        JsonElement document = JsonDocument.Parse(run.Output).RootElement;
        JsonElement[] crystals = [.. document.GetProperty("crystals").EnumerateArray()];
        Assert.Equal(6, crystals.Length);
        Assert.All(
            crystals,
            crystal =>
                Assert.True(
                    crystal.GetProperty("energy_after").GetDouble() <= crystal.GetProperty("energy_before").GetDouble()
                )
        );
        Assert.True(document.GetProperty("summary").GetProperty("lowered").GetInt32() > 0);

        IReadOnlyList<CrystalRecord> written = StructureFile.Read(folder["out/relaxed.jsonl"]);
        Assert.Equal(["po-1", "po-2", "po-3", "po-4", "po-5", "skewed"], written.Select(record => record.Id));
        Assert.All(written, record => Assert.Equal("train", record.Split));
        Assert.Equal(0.03, written[2].Labels["e_hull"]);
        Assert.Equal(crystals[5].GetProperty("energy_after").GetDouble(), written[5].Labels["predicted_after"], 1e-9);
    }

    [Theory]
    [InlineData("relax")]
    [InlineData("energy")]
    public async Task Command_says_what_the_reader_decided(string command)
    {
        string path = folder.Write("NaCl.cif", TestCrystals.RemarkableCif);
        ProgramRun run = await ProgramRun.Of(command, path, "--model", Model, "--out", folder["remarks"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("remark: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relax_result_has_the_energy_that_was_stated()
    {
        await Relax("--data", Data);
        IReadOnlyList<CrystalRecord> written = StructureFile.Read(folder["out/relaxed.jsonl"]);
        ProgramRun run = await ProgramRun.Of("energy", folder["out/relaxed.jsonl"], "--model", Model, "--json");
        JsonElement[] crystals =
        [
            .. JsonDocument.Parse(run.Output).RootElement.GetProperty("crystals").EnumerateArray(),
        ];
        foreach ((CrystalRecord record, JsonElement crystal) in written.Zip(crystals))
        {
            Assert.Equal(record.Labels["predicted_after"], crystal.GetProperty("energy").GetDouble(), 1e-4);
        }
    }

    [Fact]
    public async Task Relax_impossible_crystal_is_kept_as_it_was_and_marked()
    {
        Structure sound = TestCrystals.Skewed;
        Structure collapsed = new(sound.Lattice, [sound.Sites[0], sound.Sites[0]]);
        StructureFile.Write(folder["collapsed.jsonl"], new CrystalRecord("collapsed", collapsed));
        ProgramRun run = await Relax(folder["collapsed.jsonl"]);
        run.AssertSuccess();
        Assert.Contains("not relaxed", run.Output, StringComparison.Ordinal);
        Structure kept = StructureFile.ReadSingle(folder["out/relaxed.jsonl"]).Structure;
        Assert.Equal(collapsed.Sites[1].Position.X, kept.Sites[1].Position.X, 1e-6);
    }

    [Fact]
    public async Task Relax_says_what_became_of_the_crystals()
    {
        ProgramRun run = await Relax("--data", Data, "--iterations", "2");
        Assert.Contains("6 crystals:", run.Output, StringComparison.Ordinal);
        Assert.Contains("still the same crystal", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder["out"], "*.tmp"));
    }

    [Fact]
    public async Task Relax_by_a_generator_is_refused_and_leaves_nothing()
    {
        ProgramRun run = await ProgramRun.Of("relax", Data, "--model", "kagome-g", "--out", folder["out"]);
        run.AssertRefused("expected a predictor");
        Assert.False(Directory.Exists(folder["out"]));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<ProgramRun> Relax(params string[] args) =>
        ProgramRun.Of(["relax", "--model", Model, "--out", folder["out"], .. args]);
}
