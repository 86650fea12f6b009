using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Models;
using Kagome.Training;
using Kagome.Training.Recipes;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome train: learns models from data.</summary>
internal static class TrainCommand
{
    private const string GeneratorHelp = """
        Train DAO-G, the model that generates structures.

        Example:
          kagome train generator --data crystals/ --recipe laptop

        Several processes share each batch where mpirun or srun starts them (Open MPI; docs/scaling.md):
          mpirun -n 4 kagome train generator --data crystals/ --recipe laptop
        """;

    private const string PredictorHelp = """
        Train DAO-P, the model that judges energies and guides DAO-G.

        Learns the energy above hull, the label e_hull in eV/atom, of crystals with and without noise.

        Examples:
          kagome train predictor --data mp20-train.jsonl.gz mp-extra.jsonl.gz --validation mp20-val.jsonl.gz
          kagome train predictor --data mine.csv --recipe kagome-p --init kagome-p --steps 2000
          mpirun -n 4 kagome train predictor --data crystals/
        """;

    public static Command Create() =>
        new("train", "Train a model on crystals of your own.")
        {
            Create("generator", GeneratorHelp, ModelKind.Generator, TrainingOptions.DefaultGeneratorRecipe),
            Create("predictor", PredictorHelp, ModelKind.Predictor, TrainingOptions.DefaultPredictorRecipe),
            TrainPropertyCommand.Create(),
            TrainRankerCommand.Create(),
        };

    private static Command Create(string name, string help, ModelKind kind, string standardRecipe)
    {
        Option<string[]> data = Paths(
            "--data",
            "Crystals to learn from: .jsonl(.gz), .csv with a cif column, .extxyz, or a folder of files. Entries of a test split are left out.",
            isRequired: true
        );
        Option<string[]> validation = Paths(
            "--validation",
            "Crystals to validate on; without it the val split of the data, or a share of its formulas."
        );
        SourceFormat from = new();
        Option<string> recipe = Text("--recipe", "A recipe file, or the name of one under recipes/.", standardRecipe);
        Option<string?> initial = Text(
            "--init",
            "A model whose weights to start from (fine-tuning); heads that it lacks start at random."
        );
        Option<string?> output = Text("--out", "Folder of the run; runs/NAME of the recipe by default.");
        Option<bool> resume = Flag("--resume", "Go on from the state in the folder.");
        Option<string> device = Device();
        Option<int?> steps = Value<int?>("--steps", "Steps in all, instead of the recipe's.");
        Option<long?> seed = Value<long?>("--seed", "Seed, instead of the recipe's.");
        Command command = new(name, help)
        {
            data,
            validation,
            from.Option,
            recipe,
            initial,
            output,
            resume,
            device,
            steps,
            seed,
        };
        return command.SetSharedWork(
            (parsed, group, cancellation) =>
            {
                RecipeCatalog recipes = new();
                string path = recipes.Find(parsed.GetRequiredValue(recipe));
                TrainingOptions options = new()
                {
                    Kind = kind,
                    Recipe = path,
                    DataPaths = parsed.GetRequiredValue(data),
                    ValidationPaths = parsed.GetValue(validation) ?? [],
                    Format = from.Read(parsed),
                    InitialModel = parsed.GetValue(initial),
                    OutputFolder = parsed.GetValue(output) ?? Path.Combine("runs", RecipeFile.Read(path).Name),
                    Resume = parsed.GetValue(resume),
                    Device = parsed.GetRequiredValue(device),
                    Steps = parsed.GetValue(steps),
                    Seed = parsed.GetValue(seed),
                };
                ModelTrainer trainer = new(ModelFolder.Catalog, recipes, group);
                return RunAsync(trainer, options, group.Voice(parsed.InvocationConfiguration.Error), cancellation);
            }
        );
    }

    private static async Task<int> RunAsync(
        ModelTrainer trainer,
        TrainingOptions options,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        TrainingOutcome outcome;
        using (TrainingProgressLine progress = new(error, options.Resume))
        {
            outcome = await trainer.TrainAsync(options, progress, cancellation);
        }

        await error.WriteLineAsync(
            outcome.IsDone
                ? $"Done: {outcome.ModelPath}"
                : $"Stopped at step {outcome.StepsTaken}; go on with the same command and --resume."
        );
        return outcome.IsDone ? ExitCode.Success : ExitCode.Interrupted;
    }
}
