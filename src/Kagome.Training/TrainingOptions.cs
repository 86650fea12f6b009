using Kagome.Formats.Text;
using Kagome.Models;

namespace Kagome.Training;

/// <summary>What to train, on what, and where to leave it.</summary>
public sealed record TrainingOptions
{
    /// <summary>The recipe of a generator where none is named.</summary>
    public const string DefaultGeneratorRecipe = "laptop";

    /// <summary>The recipe of a predictor where none is named.</summary>
    public const string DefaultPredictorRecipe = "kagome-p";

    /// <summary>A generator (DAO-G, the default) or a predictor (DAO-P); properties have a trainer of their own.</summary>
    public ModelKind Kind { get; init; } = ModelKind.Generator;

    /// <summary>A recipe's name or file. Default: null, for laptop or kagome-p, by <see cref="Kind"/>. A generator's recipe trains predictors too.</summary>
    public string? Recipe { get; init; }

    /// <summary>Crystals to learn from: files of any known format, or folders; at least one. Entries of a test split are left out.</summary>
    public required IReadOnlyList<string> DataPaths { get; init; }

    /// <summary>Crystals to validate on. Default: none, for the val split of the data, or a share of its formulas.</summary>
    public IReadOnlyList<string> ValidationPaths { get; init; } = [];

    /// <summary>How all of these files are written. Default: null, as their names tell.</summary>
    public IStructureFormat? Format { get; init; }

    /// <summary>How files to validate on are written where that is another way; null for that of all.</summary>
    internal IStructureFormat? ValidationFormat { get; init; }

    /// <summary>A model whose weights to start from: a name or a file; heads that it lacks start at random. Default: null, for the recipe's, or random weights.</summary>
    public string? InitialModel { get; init; }

    /// <summary>The folder of the run, which gets its state, model, recipe and TensorBoard events; made where it is absent.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Whether to go on from the state in the folder, where there is one. Default: false; a folder that holds a run is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>cpu or cuda. Default: cpu.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Steps of the whole run, above 0. Default: null, for the recipe's.</summary>
    public int? Steps { get; init; }

    /// <summary>Seed of weights, order and noise. Default: null, for the recipe's.</summary>
    public long? Seed { get; init; }

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Kind is not (ModelKind.Generator or ModelKind.Predictor))
        {
            throw new OptionException(nameof(Kind), Kind, "Generator or Predictor");
        }

        OptionException.RequireGiven(nameof(DataPaths), DataPaths);
        OptionException.RequireGiven(nameof(ValidationPaths), ValidationPaths);
        OptionException.RequireGiven(nameof(OutputFolder), OutputFolder);
        OptionException.RequireGiven(nameof(Device), Device);
        if (DataPaths.Count == 0)
        {
            throw new OptionException(nameof(DataPaths), "empty", "at least one file or folder of crystals");
        }

        if (Steps is { } steps)
        {
            OptionException.RequirePositive(nameof(Steps), steps);
        }
    }
}
