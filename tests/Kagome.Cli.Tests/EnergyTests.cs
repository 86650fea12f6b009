using System.Collections.Immutable;
using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>kagome energy as a user meets it, with a predictor of seconds.</summary>
public sealed class EnergyTests : IAsyncLifetime
{
    private const int CrystalCount = 12;

    private readonly TemporaryFolder folder = new();

    private string Model => folder["run/model.safetensors"];

    private string Data => folder["data.jsonl"];

    public async ValueTask InitializeAsync()
    {
        StructureFile.Write(Data, TestCrystals.Series(CrystalCount));
        await PredictorModel.Train(Data, folder["run"]);
    }

    [Fact]
    public async Task Energy_of_a_file_that_cannot_be_read_does_not_hide_the_others()
    {
        string good = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        ProgramRun run = await ProgramRun.Of(
            "energy",
            good,
            folder.Write("damaged.cif", "data_x"),
            folder.Write("b.unknown", ""),
            "--model",
            Model,
            "--json"
        );
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("damaged.cif", run.Error, StringComparison.Ordinal);
        Assert.Contains("b.unknown", run.Error, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(1, document.RootElement.GetProperty("crystals").GetArrayLength());
    }

    [Fact]
    public async Task Energy_of_the_conventional_and_the_primitive_cell_is_the_same()
    {
        string conventional = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        Structure primitive = StandardCell.Of(
            StructureFile.ReadSingle(conventional).Structure,
            TestContext.Current.CancellationToken
        );
        StructureFile.Write(folder["primitive.cif"], new CrystalRecord("primitive", primitive));
        JsonElement[] crystals = await Crystals(conventional, folder["primitive.cif"]);
        double[] energies = [.. crystals.Select(crystal => crystal.GetProperty("energy").GetDouble())];
        Assert.Equal(2, energies.Length);
        Assert.Equal(energies[0], energies[1], 1e-4);
        Assert.Equal("NaCl", crystals[0].GetProperty("formula").GetString());
    }

    [Fact]
    public async Task Energy_of_elements_that_the_model_hardly_saw_says_so()
    {
        string path = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        ProgramRun run = await Energy(path);
        run.AssertSuccess();
        Assert.Contains("never saw Na", run.Output, StringComparison.Ordinal);
        Assert.Contains("never saw Cl", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Energy_of_labelled_data_gives_errors_beside_both_baselines()
    {
        ProgramRun run = await Energy("--data", Data, "--json");
        run.AssertSuccess();
        JsonElement document = JsonDocument.Parse(run.Output).RootElement;
        JsonElement summary = document.GetProperty("summary");
        Assert.Equal(CrystalCount, summary.GetProperty("model").GetProperty("count").GetInt32());
        double Error(string name) => summary.GetProperty(name).GetProperty("mean_absolute_error").GetDouble();
        double[] labels = [.. Enumerable.Range(1, CrystalCount).Select(number => 0.01 * number)];
        double[] energies =
        [
            .. document
                .GetProperty("crystals")
                .EnumerateArray()
                .Select(crystal => crystal.GetProperty("energy").GetDouble()),
        ];
        Assert.Equal(labels.Zip(energies, (label, energy) => Math.Abs(label - energy)).Average(), Error("model"), 1e-9);
        // all are polonium: the mean of the others' labels, whose sum is 0.78
        double others = labels.Average(label => Math.Abs(label - ((0.78 - label) / (CrystalCount - 1))));
        Assert.Equal(others, Error("same_elements"), 1e-9);
        Assert.Equal(0.035, Error("median"), 1e-9); // 0.07 of the others for the lower half, 0.06 for the upper
    }

    [Fact]
    public async Task Energy_baselines_know_the_reference_where_one_is_given()
    {
        StructureFile.Write(folder["reference.jsonl"], TestCrystals.Series(2));
        ProgramRun run = await Energy("--data", Data, "--json", "--reference", folder["reference.jsonl"]);
        JsonElement summary = JsonDocument.Parse(run.Output).RootElement.GetProperty("summary");
        // labels 0.01 to 0.12; the median of 0.01 and 0.02 is 0.015
        double expected = Enumerable.Range(1, CrystalCount).Average(number => Math.Abs((0.01 * number) - 0.015));
        Assert.Equal(expected, summary.GetProperty("median").GetProperty("mean_absolute_error").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Energy_out_writes_tables_of_all_crystals()
    {
        ProgramRun run = await Energy("--data", Data, "--out", folder["out"]);
        run.AssertSuccess();
        Assert.True(new FileInfo(folder["out/energy-parity.png"]).Length > 1000);
        Assert.Contains(
            "Known energy above hull",
            File.ReadAllText(folder["out/energy-parity.svg"]),
            StringComparison.Ordinal
        );
        string[] rows = File.ReadAllLines(folder["out/energies.csv"]);
        Assert.Equal("id,formula,atoms,energy,label,concerns,problem", rows[0]);
        Assert.Equal(CrystalCount + 1, rows.Length);
        JsonElement document = JsonDocument.Parse(File.ReadAllText(folder["out/energies.json"])).RootElement;
        Assert.Equal("eV/atom", document.GetProperty("unit").GetString());
        Assert.Equal(64, document.GetProperty("model_sha256").GetString()!.Length);
    }

    [Fact]
    public async Task Energy_of_data_with_damage_and_impossible_crystals_counts_and_marks_them()
    {
        Structure sound = TestCrystals.Skewed;
        Structure collapsed = new(sound.Lattice, [sound.Sites[0], sound.Sites[0]]);
        StructureFile.Write(
            folder["mixed.jsonl"],
            new CrystalRecord("sound", sound),
            new CrystalRecord("collapsed", collapsed)
        );
        File.AppendAllText(folder["mixed.jsonl"], "no JSON\n");
        ProgramRun run = await Energy("--data", folder["mixed.jsonl"], "--csv");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("1 entries left out", run.Error, StringComparison.Ordinal);
        string[] rows = ProgramRun.Lines(run.Output);
        Assert.Equal(3, rows.Length);
        Assert.StartsWith("collapsed,Ti2,2,,,", rows[2], StringComparison.Ordinal);
        Assert.Contains("apart", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Energy_split_takes_the_entries_of_the_split()
    {
        CrystalRecord[] records =
        [
            new CrystalRecord("a", TestCrystals.Skewed) { Split = "val" },
            new CrystalRecord("b", TestCrystals.Skewed) { Split = "test" },
        ];
        StructureFile.Write(folder["splits.jsonl"], records);
        ProgramRun run = await Energy("--data", folder["splits.jsonl"], "--split", "val", "--csv");
        Assert.Equal(2, ProgramRun.Lines(run.Output).Length);
        Assert.Contains("1 entries left out: not of the val split", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Energy_by_a_generator_is_refused() =>
        (await ProgramRun.Of("energy", Data, "--model", "kagome-g")).AssertRefused(
            "Model kagome-g is a generator; expected a predictor"
        );

    [Fact]
    public async Task Energy_of_nothing_is_refused() => (await Energy()).AssertRefused("There is no structure");

    [Fact]
    public async Task Energy_of_a_damaged_file_is_refused() =>
        (await Energy(folder.Write("broken.cif", "data_x\n_cell_length_a zero\n"))).AssertRefused("broken.cif");

    [Fact]
    public async Task Energy_reference_without_labels_is_refused()
    {
        StructureFile.Write(
            folder["bare.jsonl"],
            new CrystalRecord("bare", TestCrystals.Skewed) { Labels = ImmutableSortedDictionary<string, double>.Empty }
        );
        (await Energy("--data", Data, "--reference", folder["bare.jsonl"])).AssertRefused("label 'e_hull'");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<ProgramRun> Energy(params string[] args) => ProgramRun.Of(["energy", "--model", Model, .. args]);

    private async Task<JsonElement[]> Crystals(params string[] files)
    {
        ProgramRun run = await Energy([.. files, "--json"]);
        run.AssertSuccess();
        return [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("crystals").EnumerateArray()];
    }
}
