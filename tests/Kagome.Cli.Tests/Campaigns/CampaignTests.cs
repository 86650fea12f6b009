using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Kagome.Campaigns;
using Kagome.Campaigns.Slurm;
using Kagome.Cli.Options;
using Kagome.Cli.Tests.Schemas;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Tests;

namespace Kagome.Cli.Tests.Campaigns;

/// <summary>kagome campaign as a user and a queue meet it, killed or not, with models of milliseconds.</summary>
public sealed class CampaignTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private const int Formulas = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);
    private static readonly string[] Metals = ["Li", "Na", "K", "Be", "Mg", "Ca"];

    private readonly TemporaryFolder folder = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_run_status_and_merge_lead_from_a_list_to_a_table()
    {
        ProgramRun planned = await New("c", "NaCl\nTiCaO3\nCaTiO3\nMgO 4\n");
        planned.AssertSuccess();
        Assert.Contains("3 formulas in 1 shard (0)", planned.Output, StringComparison.Ordinal);
        Assert.Contains("1 line said what another had said", planned.Output, StringComparison.Ordinal);
        ProgramRun ran = await ProgramRun.Of("campaign", "run", folder["c"], "--all");
        Assert.Equal(ExitCode.Success, ran.ExitCode);
        Assert.Equal("shard 0: 3 formulas; all done now", ran.Output.TrimEnd());
        ProgramRun again = await ProgramRun.Of("campaign", "run", folder["c"], "--shard", "0");
        Assert.Equal("shard 0: 3 formulas; finished before, and sound", again.Output.TrimEnd());

        ProgramRun status = await ProgramRun.Of("campaign", "status", folder["c"], "--json");
        status.AssertSuccess();
        JsonElement document = JsonDocument.Parse(status.Output).RootElement;
        Assert.Equal(3, document.GetProperty("done").GetInt32());
        Assert.True(document.GetProperty("is_complete").GetBoolean());

        ProgramRun merged = await ProgramRun.Of("campaign", "merge", folder["c"], "--out", folder["all.jsonl"]);
        merged.AssertSuccess();
        CrystalRecord[] crystals = [.. DataSet.Read(folder["all.jsonl"]).RecordsOrThrow()];
        Assert.Contains($"{crystals.Length} crystals of 3 formulas", merged.Output, StringComparison.Ordinal);
        Assert.Contains(crystals, crystal => crystal.Id == "Mg2O2_001");
        Assert.Contains(
            "3 of 3 formulas are done",
            await File.ReadAllTextAsync(folder["all-report/report.md"], TestCancellation),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(folder["all-report/energies.png"]));
    }

    [Fact]
    public async Task Documents_of_a_campaign_are_as_their_schemas_say()
    {
        (await New("c", "NaCl\nMgO 4\n", "--json")).AssertSuccess();
        PublishedSchemas.AssertValidFile(DocumentSchema.Campaign, folder["c/campaign.json"]);
        ProgramRun ran = await ProgramRun.Of("campaign", "run", folder["c"], "--all", "--json");
        Assert.Equal(ExitCode.Success, ran.ExitCode);
        (await ProgramRun.Of("campaign", "retry", folder["c"], "--json")).AssertSuccess();
        (await ProgramRun.Of("campaign", "merge", folder["c"], "--out", folder["c.jsonl"], "--json")).AssertSuccess();
        await using GZipStream shard = new(
            File.OpenRead(folder["c/shards/00000.jsonl.gz"]),
            CompressionMode.Decompress
        );
        using StreamReader lines = new(shard);
        string text = await lines.ReadToEndAsync(TestCancellation);
        Assert.Equal(4, ProgramRun.Lines(text).Length); // a head, two formulas and an end
        PublishedSchemas.AssertValidLines(DocumentSchema.CampaignShard, text);
        PublishedSchemas.AssertValid(
            DocumentSchema.CampaignSubmission,
            DocumentSchema.CampaignSubmission.Format(new SlurmSubmission(4711, "slurm/4711.sh", 100, 50, [0, 1, 7]))
        );
        PublishedSchemas.AssertValid(
            DocumentSchema.CampaignRetry,
            DocumentSchema.CampaignRetry.Format(new[] { new ReopenedShard(3, 2) })
        );
    }

    [Fact]
    public async Task New_says_every_bad_line_and_plans_nothing_until_they_may_be_left_out()
    {
        ProgramRun refused = await New("c", "NaCl\nXx\n# fine\nMgO 3\n");
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        string[] lines = ProgramRun.Lines(refused.Error);
        Assert.Equal(3, lines.Length);
        Assert.Contains("list.txt:2: ", lines[0], StringComparison.Ordinal);
        Assert.Contains("list.txt:4: ", lines[1], StringComparison.Ordinal);
        Assert.Contains("2 lines cannot be predicted", lines[2], StringComparison.Ordinal);
        Assert.Contains("--skip-bad", lines[2], StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["c"]));
        ProgramRun planned = await New("c", "NaCl\nXx\n# fine\nMgO 3\n", "--skip-bad");
        Assert.Equal(ExitCode.Success, planned.ExitCode);
        Assert.Contains("1 formula in 1 shard", planned.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_fixes_what_its_options_say()
    {
        ProgramRun planned = await New(
            "c",
            "NaCl\n",
            "--shard-size=7",
            "--top=3",
            "--seed=5",
            "--z=2",
            "--symprec=0.2",
            "--json"
        );
        JsonElement settings = JsonDocument.Parse(planned.Output).RootElement.GetProperty("settings");
        JsonElement prediction = settings.GetProperty("prediction");
        Assert.Equal(
            (7, 3),
            (settings.GetProperty("shard_size").GetInt32(), settings.GetProperty("crystals").GetInt32())
        );
        Assert.Equal(5, prediction.GetProperty("seed").GetInt64());
        Assert.Equal(2, prediction.GetProperty("formula_units")[0].GetInt32());
        Assert.Equal(0.2, prediction.GetProperty("symprec").GetDouble());
    }

    [Theory]
    [InlineData("There is no shard to work on", "run", "c")]
    [InlineData("expected 0 to 0", "run", "c", "--shard", "7")]
    [InlineData("--shard is 0 with --all", "run", "c", "--shard", "0", "--all")]
    [InlineData("holds no campaign", "run", "absent", "--all")]
    [InlineData("holds no campaign", "status", "absent")]
    [InlineData("--partial", "merge", "c", "--out", "out.parquet")]
    [InlineData("expected a name that ends in .parquet", "merge", "c", "--out", "out.xlsx")]
    public async Task Campaign_bad_input_is_refused(string part, string command, string name, params string[] options)
    {
        (await New("c", "NaCl\n")).AssertSuccess();
        (await ProgramRun.Of(["campaign", command, folder[name], .. options])).AssertRefused(part);
    }

    [Fact]
    public async Task Merge_replaces_no_file_and_no_foreign_page_that_it_was_not_told_to()
    {
        (await New("c", "NaCl\n")).AssertSuccess();
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of("campaign", "run", folder["c"], "--all")).ExitCode);
        string[] merge = ["campaign", "merge", folder["c"], "--out", folder["all.jsonl"]];
        await File.WriteAllTextAsync(folder["page"], "mine", TestCancellation);
        (await ProgramRun.Of([.. merge, "--report", folder["page"]])).AssertRefused(
            "page is a file; expected a folder"
        );
        Directory.CreateDirectory(folder["all-report"]);
        await File.WriteAllTextAsync(folder["all-report/report.md"], "mine", TestCancellation);
        (await ProgramRun.Of(merge)).AssertRefused("holds a report.md that is no page of a campaign");
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["all-report/report.md"], TestCancellation));
        Assert.False(File.Exists(folder["all.jsonl"]));
        (await ProgramRun.Of([.. merge, "--force"])).AssertSuccess();
        (await ProgramRun.Of("campaign", "merge", folder["c"], "--out", folder["all.db"])).AssertSuccess(); // its own page
    }

    [Fact]
    public async Task Run_where_nothing_can_be_written_fails_so_that_a_queue_tries_again()
    {
        (await New("c", "NaCl\n")).AssertSuccess();
        await File.WriteAllTextAsync(folder["c/work"], "", TestCancellation); // where results of formulas would lie
        ProgramRun ran = await ProgramRun.Of("campaign", "run", folder["c"], "--all");
        Assert.Equal(ExitCode.Failure, ran.ExitCode);
        Assert.Contains("work", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_names_a_program_that_is_none()
    {
        (await New("c", "NaCl\n")).AssertSuccess();
        string[] submit = ["campaign", "submit", folder["c"], "--slurm", "--dry-run", "--program"];
        (await ProgramRun.Of([.. submit, folder["absent"]])).AssertRefused("expected a program, such as");
        (await ProgramRun.Of([.. submit, folder["list.txt"]])).AssertRefused("expected a program, such as");
    }

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID", "1", 1)]
    [InlineData("JOB_COMPLETION_INDEX", "1", 1)]
    [InlineData("PBS_ARRAY_INDEX", "0", 0)]
    [InlineData("SGE_TASK_ID", "2", 1)]
    [InlineData("OMPI_COMM_WORLD_RANK", "2", 2)]
    public async Task Run_takes_the_number_that_a_queue_gives(string variable, string value, int shard)
    {
        await Plan("c");
        using Process process = Start(["campaign", "run", folder["c"]], (variable, value));
        string output = await process.StandardOutput.ReadToEndAsync(TestCancellation);
        string error = await process.StandardError.ReadToEndAsync(TestCancellation);
        await process.WaitForExitAsync(TestCancellation);
        Assert.True(process.ExitCode == ExitCode.Success, error);
        Assert.StartsWith($"shard {shard}: 4 formulas; all done now", output, StringComparison.Ordinal);
        Assert.StartsWith($"Shard {shard}, since {variable} is {value}.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_a_shard_that_is_given_asks_no_queue()
    {
        using StringWriter error = new();
        Assert.Equal(3, ShardNumber.Read(3, error));
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task Run_that_is_killed_over_and_over_comes_to_the_same_bytes()
    {
        await Plan("whole");
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of("campaign", "run", folder["whole"], "--all")).ExitCode);
        await Plan("cut");
        for (int kill = 1; kill <= 3; kill++)
        {
            using Process process = Start(["campaign", "run", folder["cut"], "--all", "--workers", "1"]);
            int before = Count("cut");
            long begun = Stopwatch.GetTimestamp();
            while (Count("cut") == before && !process.HasExited)
            {
                Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, "It did nothing.");
                await Task.Delay(Glance, TestCancellation);
            }

            process.Kill();
            await process.WaitForExitAsync(TestCancellation);
        }

        Assert.Equal(ExitCode.Success, (await ProgramRun.Of("campaign", "run", folder["cut"], "--all")).ExitCode);
        Assert.Equal(Shards("whole"), Shards("cut"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["cut/work"]));
    }

    [Fact]
    public async Task Run_twice_at_once_comes_to_the_same_bytes()
    {
        await Plan("alone");
        await ProgramRun.Of("campaign", "run", folder["alone"], "--all");
        await Plan("shared");
        Process[] both =
        [
            Start(["campaign", "run", folder["shared"], "--all"]),
            Start(["campaign", "run", folder["shared"], "--all"]),
        ];
        foreach (Process process in both)
        {
            string error = await process.StandardError.ReadToEndAsync(TestCancellation);
            await process.WaitForExitAsync(TestCancellation);
            Assert.True(process.ExitCode == ExitCode.Success, error);
            process.Dispose();
        }

        Assert.Equal(Shards("alone"), Shards("shared"));
    }

    [Fact]
    public async Task Run_that_is_told_to_stop_ends_with_130_and_keeps_what_is_done()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await Plan("c");
        using Process process = Start(["campaign", "run", folder["c"], "--all", "--workers", "1"]);
        while (Count("c") < 1)
        {
            await Task.Delay(Glance, TestCancellation);
        }

        using Process stop = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        string error = await process.StandardError.ReadToEndAsync(TestCancellation);
        await process.WaitForExitAsync(TestCancellation);
        Assert.SkipWhen(process.ExitCode == ExitCode.Success, "It was done before the signal came.");
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Contains("kagome: stopped.", error, StringComparison.Ordinal);
        Assert.True(Count("c") >= 1);
    }

    [Fact]
    public async Task Run_with_another_model_is_refused_with_both_checksums()
    {
        string own = folder["own.safetensors"];
        File.Copy(models.PathOf("kagome-g"), own);
        await ProgramRun.Of([
            "campaign",
            "new",
            folder["c"],
            "--from",
            folder.Write("list.txt", "NaCl\n"),
            "--model",
            own,
            "--predictor",
            "none",
            "--candidates=generated",
            "--steps=4",
        ]);
        File.Copy(await Trained(), own, overwrite: true);
        (await ProgramRun.Of("campaign", "run", folder["c"], "--all")).AssertRefused(
            "was planned with other models: the generator was that of SHA-256"
        );
    }

    [Fact]
    public async Task Retry_of_a_campaign_without_failures_says_so()
    {
        await Plan("c");
        ProgramRun retry = await ProgramRun.Of("campaign", "retry", folder["c"]);
        retry.AssertSuccess();
        Assert.Contains("no formula has failed", retry.Output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> Trained()
    {
        StructureFile.Write(folder["data.jsonl"], [new CrystalRecord("skewed", TestCrystals.Skewed)]);
        await ProgramRun.Of([
            "train",
            "generator",
            "--data",
            folder["data.jsonl"],
            "--recipe",
            "tiny",
            "--steps",
            "2",
            "--out",
            folder["run"],
        ]);
        return folder["run/model.safetensors"];
    }

    private async Task Plan(string name)
    {
        string list = string.Concat(Metals.SelectMany(metal => new[] { $"{metal}O\n", $"{metal}F2\n" }));
        ProgramRun planned = await New(name, list, "--shard-size=4", "--samples=8");
        planned.AssertSuccess();
        Assert.Contains($"{Formulas} formulas in 3 shards", planned.Output, StringComparison.Ordinal);
    }

    private Task<ProgramRun> New(string name, string list, params string[] options) =>
        ProgramRun.Of([
            "campaign",
            "new",
            folder[name],
            "--from",
            folder.Write("list.txt", list),
            "--model",
            models.PathOf("kagome-g"),
            "--predictor",
            models.PathOf("kagome-p"),
            "--candidates=generated",
            "--steps=4",
            .. options.Any(option => option.StartsWith("--samples", StringComparison.Ordinal))
                ? []
                : new[] { "--samples=3" },
            .. options,
        ]);

    private static Process Start(string[] words, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Array.ForEach([typeof(KagomeProgram).Assembly.Location, .. words], start.ArgumentList.Add);
        Array.ForEach(variables, variable => start.Environment[variable.Name] = variable.Value);
        return Process.Start(start)!;
    }

    /// <summary>Formulas with files of their own, and shards with theirs.</summary>
    private int Count(string name) =>
        new[] { "work", "shards" }
            .Select(kind => folder[$"{name}/{kind}"])
            .Where(Directory.Exists)
            .Sum(kind =>
                Directory
                    .EnumerateFiles(kind, "*", SearchOption.AllDirectories)
                    .Count(path => !Path.GetFileName(path).StartsWith('.'))
            );

    private Dictionary<string, string> Shards(string name) =>
        Directory
            .EnumerateFiles(folder[$"{name}/shards"])
            .ToDictionary(
                path => Path.GetFileName(path),
                path => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))),
                StringComparer.Ordinal
            );
}
