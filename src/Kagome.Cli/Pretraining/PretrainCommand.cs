using System.CommandLine;
using Kagome.Cli.Output;
using Kagome.Cli.Training;
using Kagome.Training.Pretraining;

namespace Kagome.Cli.Pretraining;

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
        """;

    public static Command Create()
    {
        Option<string> recipe = new("--recipe")
        {
            Description = "A pretraining recipe, or the name of one under recipes/.",
            Required = true,
        };
        Option<string[]> data = Paths("--data", "Crystals to learn from, instead of the recipe's.");
        Option<string[]> validation = Paths("--validation", "Crystals to validate on, instead of the recipe's.");
        Option<string[]> heldOut = Paths(
            "--held-out",
            "Benchmark sets, instead of the recipe's: crystals that occur in them are not learned from."
        );
        Option<string[]> tuning = Paths("--fine-tune-data", "Crystals to fine-tune on, instead of the recipe's.");
        Option<string?> output = new("--out")
        {
            Description = "Folder of the stages; runs/NAME of the recipe by default.",
        };
        Option<long?> seed = new("--seed") { Description = "Seed, instead of the recipe's." };
        Option<string> device = DeviceChoice.CreateOption();
        Option<bool> json = new("--json") { Description = "Print the reports of all stages as JSON on stdout." };
        Command command = new("pretrain", Help)
        {
            recipe,
            data,
            validation,
            heldOut,
            tuning,
            output,
            seed,
            device,
            json,
        };
        command.SetWork(
            (parsed, cancellation) =>
            {
                PretrainingRecipe file = PretrainingRecipeFile.Read(
                    RecipeLocation.Find(parsed.GetRequiredValue(recipe))
                );
                PretrainingRecipe asked = WithPaths(
                    file with
                    {
                        Data = parsed.GetValue(data) is { Length: > 0 } given ? given : file.Data,
                        Validation = parsed.GetValue(validation) is { Length: > 0 } known ? known : file.Validation,
                        HeldOut = parsed.GetValue(heldOut) is { Length: > 0 } held ? held : file.HeldOut,
                        Seed = parsed.GetValue(seed) ?? file.Seed,
                    },
                    parsed.GetValue(tuning) ?? []
                );
                PretrainSettings settings = new(
                    asked,
                    parsed.GetValue(output) ?? Path.Combine("runs", asked.Name),
                    parsed.GetRequiredValue(device),
                    parsed.GetValue(json)
                );
                return Task.FromResult(new Pretrain(settings, CommandStreams.Of(parsed)).Run(cancellation));
            }
        );
        return command;
    }

    private static Option<string[]> Paths(string name, string description) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    private static PretrainingRecipe WithPaths(PretrainingRecipe recipe, string[] tuningData)
    {
        FineTuningStage? tuning =
            tuningData.Length > 0
                ? (recipe.FineTuning ?? new FineTuningStage()) with
                {
                    Data = tuningData,
                }
                : recipe.FineTuning;
        return recipe.Data.Count == 0
                ? throw new BadInputException($"Recipe {recipe.Name} names no data; give crystals with --data.")
            : tuning is { Data.Count: 0 }
                ? throw new BadInputException(
                    $"Recipe {recipe.Name} fine-tunes, but names no data for it; give crystals with --fine-tune-data."
                )
            : recipe with { FineTuning = tuning };
    }
}
