using System.CommandLine;
using Kagome.Checkpoints;

namespace Kagome.Cli.Training;

/// <summary>kagome train generator and kagome train predictor: the same options, another objective.</summary>
internal static class TrainModelCommand
{
    public static Command Create(string name, string help, ModelKind kind, string standardRecipe)
    {
        Option<string[]> data = new("--data")
        {
            Description =
                "Crystals to learn from: .jsonl(.gz), .csv with a cif column, .extxyz, or a folder of files. Entries of a test split are left out.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string[]> validation = new("--validation")
        {
            Description = "Crystals to validate on; without it the val split of the data, or a share of its formulas.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string> recipe = new("--recipe")
        {
            Description = "A recipe file, or the name of one under recipes/.",
            DefaultValueFactory = _ => standardRecipe,
        };
        Option<string?> initial = new("--init")
        {
            Description = "A model whose weights to start from (fine-tuning); heads that it lacks start at random.",
        };
        Option<string?> output = new("--out")
        {
            Description = "Folder of the run; runs/NAME of the recipe by default.",
        };
        Option<bool> resume = new("--resume") { Description = "Go on from the state in the folder." };
        Option<string> device = DeviceChoice.CreateOption();
        Option<int?> steps = new("--steps") { Description = "Steps in all, instead of the recipe's." };
        Option<long?> seed = new("--seed") { Description = "Seed, instead of the recipe's." };
        Command command = new(name, help) { data, validation, recipe, initial, output, resume, device, steps, seed };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    TrainModel.Run(
                        new TrainSettings(
                            kind,
                            parsed.GetRequiredValue(data),
                            parsed.GetValue(validation) ?? [],
                            parsed.GetRequiredValue(recipe),
                            parsed.GetValue(initial),
                            parsed.GetValue(output),
                            parsed.GetValue(resume),
                            parsed.GetRequiredValue(device),
                            parsed.GetValue(steps),
                            parsed.GetValue(seed)
                        ),
                        parsed.InvocationConfiguration.Error,
                        cancellation
                    )
                )
        );
        return command;
    }
}
