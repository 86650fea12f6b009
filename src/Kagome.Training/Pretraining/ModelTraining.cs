using Kagome.Formats.Text;
using Kagome.Models;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;

namespace Kagome.Training;

/// <summary>Trains a model: any of the pretraining's networks.</summary>
/// <param name="name">The stage's name.</param>
/// <param name="recipe">How to train.</param>
/// <param name="data">Files to learn from.</param>
/// <param name="validation">Files to validate on; none for a share of the formulas.</param>
/// <param name="initial">A model to start from; null for random weights.</param>
/// <param name="models">Where the names of models are looked up.</param>
/// <param name="device">cpu or cuda.</param>
/// <param name="group">Processes that train together.</param>
internal sealed class ModelTraining(
    string name,
    Recipe recipe,
    Func<IReadOnlyList<string>> data,
    IReadOnlyList<string> validation,
    string? initial,
    ModelCatalog models,
    string device,
    IProcessGroup group
) : IStage
{
    public string Name => name;

    /// <summary>How the files to learn from are written; null, as their names tell.</summary>
    public IStructureFormat? DataFormat { get; init; }

    /// <summary>How the files to validate on are written; null, as their names tell.</summary>
    public IStructureFormat? ValidationFormat { get; init; }

    public SortedDictionary<string, string> Inputs()
    {
        SortedDictionary<string, string> inputs = new(StringComparer.Ordinal)
        {
            ["recipe"] = RecipeFile.Format(recipe with { Sources = null }),
            ["crystals"] = ContentHash.Of(ContentHash.OfEach(data())),
            ["initial model"] = initial is null ? "none" : ContentHash.Of(models.Find(initial)),
        };
        Add("format", DataFormat);
        Add("validation format", validation.Count > 0 ? ValidationFormat : null);
        foreach (string path in validation)
        {
            inputs[$"validation {path}"] = ContentHash.Of(path);
        }

        return inputs;

        void Add(string what, IStructureFormat? format)
        {
            if (format is not null)
            {
                inputs[what] = format.Name;
            }
        }
    }

    public async Task<StageResult> RunAsync(
        string folder,
        IProgress<TrainingEvent>? progress,
        CancellationToken cancellation
    )
    {
        TrainingOptions options = new()
        {
            DataPaths = data(),
            ValidationPaths = validation,
            Format = DataFormat,
            ValidationFormat = ValidationFormat,
            InitialModel = initial,
            OutputFolder = folder,
            Resume = true,
            Device = device,
        };
        TrainingOutcome outcome = await new ModelTrainer(models, recipes: null, group)
            .TrainAsync(recipe, options, progress, cancellation)
            .ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            throw new StoppedTogetherException();
        }

        SortedDictionary<string, double> figures = new(StringComparer.Ordinal)
        {
            ["crystals"] = outcome.Crystals.TrainingCount,
            ["steps"] = recipe.Run.Steps,
            ["hours"] = outcome.TimeTrained.TotalHours,
        };
        if (outcome.Validation is { } losses)
        {
            figures["validation loss, lattice"] = losses.Lattice;
            figures["validation loss, coordinates"] = losses.Coordinates;
            if (losses.EnergyError is { } energyError)
            {
                figures["energy MAE, eV/atom"] = energyError;
            }
        }

        return new StageResult(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                [TrainingSession.ModelFileName] = CheckpointFile.Verify(outcome.ModelPath),
            },
            figures
        );
    }
}
