using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Properties;

/// <summary>kagome train property: a label of your own, learned by an ensemble that starts from another model.</summary>
internal static class TrainPropertyCommand
{
    private const string Help = """
        Train an ensemble that predicts a property, such as a superconductor's Tc.

        Starts from a predictor (or a generator), with a new head. One network is trained for each fold of a cross-validation; all polymorphs
        of a formula are in one fold. Reports the errors on the formulas that each network did not learn from, beside three baselines, and
        keeps all networks in one model file. Entries of a test split are left out; other splits are not looked at.

        Examples:
          kagome train property --data supercon-3dsc.jsonl.gz
          kagome train property --data mine.jsonl --label gap --init kagome-p --folds 5 --out runs/gap
          kagome train property --data mine.csv --label kappa --unit "W/(m K)" --log --above 0
        """;

    public static Command Create()
    {
        Option<string[]> data = new("--data")
        {
            Description =
                "Crystals with the label: .jsonl(.gz), .csv with a cif column, .extxyz, or a folder of files.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> label = new("--label") { Description = "The label to learn, as the data name it." };
        Option<string?> unit = new("--unit") { Description = "Of the label, such as K or GPa." };
        Option<bool> log = new("--log") { Description = "Learn the natural logarithm of the label." };
        Option<double?> above = new("--above")
        {
            Description = "Learn only from labels above this; the others tell what has the property at all.",
        };
        Option<int?> folds = new("--folds") { Description = "Networks of the ensemble, at least 2." };
        Option<int?> blocks = new("--trainable-blocks")
        {
            Description = "How many of the last blocks are trained beside the head; the others are stored once.",
        };
        Option<string> recipe = new("--recipe")
        {
            Description = "A recipe file, or the name of one under recipes/.",
            DefaultValueFactory = _ => "kagome-tc",
        };
        Option<string?> initial = new("--init") { Description = "The model to start from; kagome-p by default." };
        Option<string?> output = new("--out")
        {
            Description = "Folder of the run; runs/NAME of the recipe by default.",
        };
        Option<bool> resume = new("--resume") { Description = "Go on from the state in the folder." };
        Option<string> device = DeviceChoice.CreateOption();
        Option<int?> steps = NumberOption.PositiveNumber("--steps", "Steps of each fold, instead of the recipe's.");
        Option<long?> seed = new("--seed") { Description = "Seed, instead of the recipe's." };
        Command command = new("property", Help)
        {
            data,
            label,
            unit,
            log,
            above,
            folds,
            blocks,
            recipe,
            initial,
            output,
            resume,
            device,
            steps,
            seed,
        };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    TrainProperty.Run(
                        new TrainPropertySettings
                        {
                            DataPaths = parsed.GetRequiredValue(data),
                            Label = parsed.GetValue(label),
                            Unit = parsed.GetValue(unit),
                            Log = parsed.GetValue(log),
                            Above = parsed.GetValue(above),
                            Folds = parsed.GetValue(folds),
                            TrainableBlocks = parsed.GetValue(blocks),
                            Recipe = parsed.GetRequiredValue(recipe),
                            InitialModel = parsed.GetValue(initial),
                            OutputFolder = parsed.GetValue(output),
                            Resume = parsed.GetValue(resume),
                            Device = parsed.GetRequiredValue(device),
                            Steps = parsed.GetValue(steps),
                            Seed = parsed.GetValue(seed),
                        },
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
