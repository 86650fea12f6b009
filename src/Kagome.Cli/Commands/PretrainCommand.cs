using System.CommandLine;
using System.Globalization;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;
using Kagome.Training;
using Kagome.Training.Recipes;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome pretrain: the whole way from data to models.</summary>
internal static class PretrainCommand
{
    private const string Help = """
        Pretrain a generator and a predictor in two stages, as DAO does.

        Stages: data (read, filter, leave out what is held out, cut into shards); stage-one (DAO-G on all crystals); predictor (DAO-P on the
        same); relaxation (unstable crystals, by DAO-P); stage-two (DAO-G on the relaxed ones); fine-tuning (where the recipe has it). Each has
        a folder with a report. A stage that is done is skipped; one that was stopped goes on where it was; one whose settings, data or
        models have changed is done again, and the old one is kept aside.

        Examples:
          kagome pretrain --recipe tiny-two-stage
          kagome pretrain --recipe mine.toml --data crystals.jsonl.gz --held-out benchmark.jsonl.gz --out runs/mine
          mpirun -n 4 kagome pretrain --recipe mine.toml
        """;

    public static Command Create()
    {
        Option<string> recipe = RequiredText("--recipe", "A pretraining recipe, or the name of one under recipes/.");
        Option<string[]> data = Paths("--data", "Crystals to learn from, instead of the recipe's.");
        Option<string[]> validation = Paths("--validation", "Crystals to validate on, instead of the recipe's.");
        Option<string[]> heldOut = Paths(
            "--held-out",
            "Benchmark sets, instead of the recipe's: crystals that occur in them are not learned from."
        );
        Option<string[]> tuning = Paths("--fine-tune-data", "Crystals to fine-tune on, instead of the recipe's.");
        SourceFormat from = new();
        Option<string?> output = Text("--out", "Folder of the stages; runs/NAME of the recipe by default.");
        Option<long?> seed = Value<long?>("--seed", "Seed, instead of the recipe's.");
        Option<string> device = Device();
        Option<bool> json = Json("Print the reports of all stages as JSON on stdout.");
        Command command = new("pretrain", Help)
        {
            recipe,
            data,
            validation,
            heldOut,
            tuning,
            from.Option,
            output,
            seed,
            device,
            json,
        };
        return command.SetSharedWork(
            (parsed, group, cancellation) =>
            {
                RecipeCatalog recipes = new();
                string path = recipes.Find(parsed.GetRequiredValue(recipe));
                PretrainingOptions options = new()
                {
                    Recipe = path,
                    DataPaths = parsed.GetValue(data) ?? [],
                    ValidationPaths = parsed.GetValue(validation) ?? [],
                    HeldOutPaths = parsed.GetValue(heldOut) ?? [],
                    FineTuningPaths = parsed.GetValue(tuning) ?? [],
                    Format = from.Read(parsed),
                    OutputFolder =
                        parsed.GetValue(output) ?? Path.Combine("runs", PretrainingRecipeFile.Read(path).Name),
                    Device = parsed.GetRequiredValue(device),
                    Seed = parsed.GetValue(seed),
                };
                CommandStreams streams = CommandStreams.Of(parsed);
                streams = new CommandStreams(group.Voice(streams.Output), group.Voice(streams.Error));
                Pretrainer pretrainer = new(ModelFolder.Catalog, recipes, group);
                return RunAsync(pretrainer, options, parsed.GetValue(json), streams, cancellation);
            }
        );
    }

    private static async Task<int> RunAsync(
        Pretrainer pretrainer,
        PretrainingOptions options,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        PretrainingOutcome outcome;
        using (TrainingProgressLine progress = new(streams.Error))
        {
            outcome = await pretrainer.PretrainAsync(options, progress, cancellation);
        }

        if (outcome.StoppedIn is { } stage)
        {
            await streams.Error.WriteLineAsync(
                $"kagome: stopped in stage {stage}; the same command goes on from there."
            );
            return ExitCode.Interrupted;
        }

        return streams.Print(printsJson, DocumentSchema.Pretraining, outcome.Reports, text => Print(outcome, text));
    }

    private static void Print(PretrainingOutcome outcome, TextWriter output)
    {
        TextTable table = new("stage", "seconds", "figures");
        foreach (StageReport report in outcome.Reports)
        {
            table.Add(
                report.Stage,
                report.Seconds.ToString("F0", CultureInfo.InvariantCulture),
                string.Join(
                    "; ",
                    report.Figures.Select(figure =>
                        string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.####}")
                    )
                )
            );
        }

        table.Write(output);
        output.WriteLine($"Model: {outcome.ModelPath}; predictor: {outcome.Predictor}");
    }
}
