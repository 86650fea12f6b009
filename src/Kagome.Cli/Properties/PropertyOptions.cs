using System.CommandLine;
using Kagome.Cli.Prediction;
using static Kagome.Cli.NumberOption;

namespace Kagome.Cli.Properties;

/// <summary>The options that kagome property and kagome tc share: how structures of formulas are predicted, and what is printed.</summary>
internal sealed class PropertyOptions
{
    private readonly Option<int> samples = PositiveNumber("--samples", "Candidate structures of a formula.", 20);
    private readonly Option<int> best = PositiveNumber("--best", "Structures of a formula whose property is told.", 3);
    private readonly Option<int> maxAtoms = PositiveNumber("--max-atoms", "Most atoms of a formula's cells.", 20);
    private readonly SamplerOptions sampler = new(SamplerOptions.SearchTemperature);
    private readonly Option<long> seed = new("--seed")
    {
        Description = "Seed of all noise.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> generator = new("--generator")
    {
        Description = "The model that predicts structures of formulas.",
        DefaultValueFactory = _ => "kagome-g",
    };

    private readonly Option<string?> predictor = new("--predictor")
    {
        Description =
            "The model that relaxes and ranks them; kagome-p by default, none to rank by how often a crystal is found.",
    };

    private readonly Option<string> output = new("--out")
    {
        Description = "Folder of the predicted structures.",
        DefaultValueFactory = _ => "predictions",
    };

    private readonly Option<string[]> data = new("--data")
    {
        Description = "Data sets; with labels, errors are told.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> split = new("--split")
    {
        Description = "Only entries of this split, and those that name none.",
    };

    private readonly Option<string> device = DeviceChoice.CreateOption();
    private readonly Option<bool> json = new("--json") { Description = "Print all as JSON on stdout." };
    private readonly Option<bool> csv = new("--csv") { Description = "Print a row a crystal as CSV on stdout." };

    public void AddTo(Command command)
    {
        foreach (
            Option option in new Option[]
            {
                data,
                split,
                samples,
                best,
                maxAtoms,
                seed,
                generator,
                predictor,
                output,
                device,
                json,
                csv,
            }
        )
        {
            command.Options.Add(option);
        }

        sampler.AddTo(command);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="model">The ensemble.</param>
    /// <param name="targets">Files and formulas.</param>
    /// <param name="tellsEnergies">Whether energies are told of files, too.</param>
    public PropertyRequest Read(ParseResult parsed, string model, IReadOnlyList<string> targets, bool tellsEnergies) =>
        new()
        {
            Model = model,
            Targets = targets,
            DataPaths = parsed.GetValue(data) ?? [],
            Split = parsed.GetValue(split),
            TellsEnergies = tellsEnergies,
            Best = parsed.GetValue(best),
            PrintsJson = parsed.GetValue(json),
            PrintsCsv = parsed.GetValue(csv),
            Prediction = new PredictSettings
            {
                Formulas = [],
                Samples = parsed.GetValue(samples),
                FormulaUnits = [],
                LargestAtomCount = parsed.GetValue(maxAtoms),
                Sampler = sampler.Read(parsed),
                Seed = parsed.GetValue(seed),
                Model = parsed.GetRequiredValue(generator),
                OutputFolder = parsed.GetRequiredValue(output),
                Formats = ["cif"],
                Device = parsed.GetRequiredValue(device),
                Predictor = parsed.GetValue(predictor),
                RelaxIterations = parsed.GetValue(predictor) == EnergySteps.NoPredictor ? 0 : 5,
                Symprec = Symmetry.SymmetryFinder.DefaultSymprecAngstrom,
            },
        };
}
