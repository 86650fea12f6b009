using Kagome.Cli.Tests.Schemas;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>kagome pretrain as a user meets it, with networks of seconds: what it says, and in which words it refuses.</summary>
public sealed class PretrainTests : IDisposable
{
    internal const string Recipe = """
        name = "small"
        seed = 7
        [crystals]
        smallest_atom_count = 1
        leaves_out_duplicates = false
        [network]
        block_count = 1
        hidden_dimension = 16
        head_count = 2
        frequency_count = 4
        time_dimension = 16
        [diffusion]
        step_count = 50
        [batches]
        atoms = 16
        crystals = 4
        [run]
        validate_every = 0
        validation_share = 0.0
        workers = 1
        [stage_one]
        steps = 2
        [predictor]
        steps = 2
        [relaxation]
        stable_up_to = 0.08
        relaxed_up_to = 0.10
        iterations = 2
        [stage_two]
        steps = 2
        """;

    private static readonly string[] Stages = ["data", "stage-one", "predictor", "relaxation", "stage-two"];

    private readonly TemporaryFolder folder = new();
    private readonly string recipePath;

    public PretrainTests()
    {
        recipePath = folder.Write("small.toml", Recipe);
        StructureFile.Write(folder["data.jsonl"], TestCrystals.Series(12)); // 0.01 to 0.12 eV/atom above the hull
    }

    [Fact]
    public async Task Pretrain_says_what_it_does_and_prints_the_figures_of_every_stage()
    {
        string[] arguments = ["--data", folder["data.jsonl"]];
        ProgramRun run = await Pretrain(arguments);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        string[] lines = ProgramRun.Lines(run.Output);
        Assert.Equal(Stages, lines[1..^1].Select(line => line.Split('\t')[0]));
        Assert.Equal(
            $"Model: {folder["out/stage-two/model.safetensors"]}; predictor: {folder["out/predictor/model.safetensors"]}",
            lines[^1]
        );
        Assert.Equal(
            Stages.Select(stage => $"Stage {stage}: in {folder[$"out/{stage}"]}."),
            ProgramRun.Lines(run.Error).Where(line => line.StartsWith("Stage", StringComparison.Ordinal))
        );

        ProgramRun again = await Pretrain([.. arguments, "--json"]);
        Assert.Equal(Stages.Length, ProgramRun.Lines(again.Error).Count(line => line.Contains("done before")));
        Assert.Contains("\"stage\": \"relaxation\"", again.Output, StringComparison.Ordinal);
        Assert.All(
            Stages,
            stage =>
                PublishedSchemas.AssertValidFile(DocumentSchema.PretrainingStage, folder[$"out/{stage}/report.json"])
        );

        folder.Write("small.toml", $"{Recipe}\n[stage_two.optimizer]\nlearning_rate = 1e-3");
        ProgramRun changed = await Pretrain(arguments);
        Assert.Contains(
            "What it is made from has changed (recipe: 'learning_rate = 0.0003' then, 'learning_rate = 0.001' now); the old one was moved aside.",
            changed.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Pretrain_without_data_is_refused_in_the_words_of_the_command_line() =>
        (await Pretrain()).AssertRefused("Recipe small names no data; give crystals with --data.");

    [Fact]
    public async Task Pretrain_with_data_that_is_not_there_is_refused_by_its_name() =>
        (await Pretrain("--data", "nowhere.jsonl")).AssertRefused("nowhere.jsonl");

    public void Dispose() => folder.Dispose();

    private Task<ProgramRun> Pretrain(params string[] more) =>
        ProgramRun.Of(["pretrain", "--recipe", recipePath, "--out", folder["out"], .. more]);
}
