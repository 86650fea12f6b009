using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Training.Properties;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome train property: a label of your own, learned by an ensemble that starts from another model.</summary>
internal static class TrainPropertyCommand
{
    private const string Help = """
        Train an ensemble that predicts a property, such as a superconductor's Tc.

        Starts from a predictor (or a generator), with a new head. One network is trained for each fold of a cross-validation; all polymorphs
        of a formula are in one fold. Reports the errors on the formulas that each network did not learn from, beside three baselines, and
        keeps all networks in one model file. Entries of a test split are left out; other splits are not looked at.

        Examples:
          kagome train property --recipe kagome-tc --data supercon-3dsc.jsonl.gz
          kagome train property --data mine.jsonl --label gap --init kagome-p --folds 5 --out runs/gap
          kagome train property --data mine.csv --label kappa --unit "W/(m K)" --log --above 0
        """;

    public static Command Create()
    {
        Option<string[]> data = Paths(
            "--data",
            "Crystals with the label: .jsonl(.gz), .csv with a cif column, .extxyz, or a folder of files.",
            isRequired: true
        );
        SourceFormat from = new();
        Option<string?> label = Text("--label", "The label to learn, as the data name it.");
        Option<string?> unit = Text("--unit", "Of the label, such as K or GPa.");
        Option<bool> log = Flag("--log", "Learn the natural logarithm of the label.");
        Option<double?> above = Value<double?>(
            "--above",
            "Learn only from labels above this; the others tell what has the property at all."
        );
        Option<int?> folds = Value<int?>("--folds", "Networks of the ensemble, at least 2.");
        Option<int?> blocks = Value<int?>(
            "--trainable-blocks",
            "How many of the last blocks are trained beside the head; the others are stored once."
        );
        Option<bool?> fromComposition = Value<bool?>(
            "--from-composition",
            "Whether trees on the composition say what they can and the networks learn the rest: true or false, instead of the recipe's."
        );
        Option<string> recipe = Text("--recipe", "A recipe file, or the name of one under recipes/.", "property");
        Option<string?> initial = Text("--init", "The model to start from; kagome-p by default.");
        Option<string?> output = Text("--out", "Folder of the run; runs/NAME of the recipe by default.");
        Option<bool> resume = Flag("--resume", "Go on from the state in the folder.");
        Option<string> device = Device();
        Option<int?> steps = PositiveNumber("--steps", "Steps of each fold, instead of the recipe's.");
        Option<long?> seed = Value<long?>("--seed", "Seed, instead of the recipe's.");
        Command command = new Command("property", Help)
            .With(data, from.Option, label, unit, log, above, folds, blocks, fromComposition)
            .With(recipe, initial, output, resume, device, steps, seed);
        return command.SetWork(
            (parsed, cancellation) =>
            {
                MpiStart.Refuse("kagome train property");
                PropertyTrainingOptions options = new()
                {
                    DataPaths = parsed.GetRequiredValue(data),
                    Format = from.Read(parsed),
                    Label = parsed.GetValue(label),
                    Unit = parsed.GetValue(unit),
                    Log = parsed.GetValue(log),
                    Above = parsed.GetValue(above),
                    Folds = parsed.GetValue(folds),
                    TrainableBlocks = parsed.GetValue(blocks),
                    FromComposition = parsed.GetValue(fromComposition),
                    Recipe = RecipeFile.Read(new RecipeCatalog().Find(parsed.GetRequiredValue(recipe))),
                    InitialModel = parsed.GetValue(initial),
                    OutputFolder = parsed.GetValue(output),
                    Resume = parsed.GetValue(resume),
                    Device = parsed.GetRequiredValue(device),
                    Steps = parsed.GetValue(steps),
                    Seed = parsed.GetValue(seed),
                    ModelFolder = ModelFolder.Path,
                };
                string folder = options.OutputFolder ?? Path.Combine("runs", options.Name);
                return RunAsync(options with { OutputFolder = folder }, CommandStreams.Of(parsed), cancellation);
            }
        );
    }

    private static async Task<int> RunAsync(
        PropertyTrainingOptions options,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        using PropertyTrainer trainer = PropertyTrainer.Load(options, cancellation);
        Announce(trainer, streams.Error);
        using TrainingProgressLine steps = new(streams.Error);
        using TestProgress tests = new(steps, streams.Error);
        PropertyTrainingResult result = await trainer.TrainAsync(steps, tests, cancellation);
        if (result.CrossValidation is not { } tested)
        {
            streams.Error.WriteLine(
                $"Stopped in fold {result.StoppedInFold} of {trainer.Settings.Folds}; go on with the same command and --resume."
            );
            return ExitCode.Interrupted;
        }

        CrossValidationTable.Print(streams.Output, tested);
        streams.Error.WriteLine($"Done: {result.ModelPath}");
        return ExitCode.Success;
    }

    private static void Announce(PropertyTrainer trainer, TextWriter error)
    {
        (PropertySettings settings, PropertyDataCounts data) = (trainer.Settings, trainer.Data);
        error.WriteLine(
            $"{data.Learned} crystals with label '{settings.Label}' to learn from, in {settings.Folds} folds by formula; {data.InNoFold} of them in no fold, to measure what the spread of the folds is worth."
        );
        if (data.WithoutProperty > 0)
        {
            error.WriteLine(
                $"  {data.WithoutProperty} with {settings.Label} of {settings.Above} or less tell what has none."
            );
        }

        foreach ((string reason, int count) in data.Skipped)
        {
            error.WriteLine($"  {count} left out: {reason}");
        }

        error.WriteLine($"Starting from the weights of {trainer.InitialModel}; the head starts at random.");
    }

    /// <summary>Takes over from the progress of the training, and counts the time from there.</summary>
    private sealed class TestProgress(TrainingProgressLine training, TextWriter error)
        : IProgress<WorkProgress>,
            IDisposable
    {
        private ConsoleProgress? tests;

        public void Report(WorkProgress value)
        {
            training.Dispose();
            tests ??= new ConsoleProgress(error);
            tests.Report(value);
        }

        public void Dispose() => tests?.Dispose();
    }
}
