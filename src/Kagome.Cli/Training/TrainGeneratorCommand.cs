using System.CommandLine;

namespace Kagome.Cli.Training;

/// <summary>kagome train generator: learns DAO-G.</summary>
internal static class TrainGeneratorCommand
{
    public static Command Create()
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
            DefaultValueFactory = _ => "mp-20",
        };
        Option<string?> output = new("--out")
        {
            Description = "Folder of the run; runs/NAME of the recipe by default.",
        };
        Option<bool> resume = new("--resume") { Description = "Go on from the state in the folder." };
        Option<string> device = DeviceChoice.CreateOption();
        Option<int?> steps = new("--steps") { Description = "Steps in all, instead of the recipe's." };
        Option<long?> seed = new("--seed") { Description = "Seed, instead of the recipe's." };
        Command command = new(
            "generator",
            "Train DAO-G, the model that generates structures.\n\nExample:\n  kagome train generator --data mp20-train.jsonl.gz --recipe mp-20"
        )
        {
            data,
            validation,
            recipe,
            output,
            resume,
            device,
            steps,
            seed,
        };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    TrainGenerator.Run(
                        new TrainGeneratorSettings(
                            parsed.GetRequiredValue(data),
                            parsed.GetValue(validation) ?? [],
                            parsed.GetRequiredValue(recipe),
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
