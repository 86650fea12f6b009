using Kagome.Checkpoints;
using Kagome.Cli.Models;
using Kagome.Cli.Training;
using Kagome.Training.Loops;
using Kagome.Training.Recipes;

namespace Kagome.Cli.Pretraining;

/// <summary>Trains a model: any of the pretraining's networks.</summary>
/// <param name="name">Of the stage.</param>
/// <param name="recipe">How.</param>
/// <param name="data">Files to learn from.</param>
/// <param name="validation">Files to validate on; none for a share of the formulas.</param>
/// <param name="initial">Model to start from; null for random weights.</param>
/// <param name="device">cpu or cuda.</param>
/// <param name="error">For progress.</param>
internal sealed class ModelTraining(
    string name,
    Recipe recipe,
    Func<IReadOnlyList<string>> data,
    IReadOnlyList<string> validation,
    string? initial,
    string device,
    TextWriter error
) : IStage
{
    public string Name => name;

    public SortedDictionary<string, string> Inputs()
    {
        SortedDictionary<string, string> inputs = new(StringComparer.Ordinal)
        {
            ["recipe"] = RecipeFile.Format(recipe with { Sources = null }),
            ["crystals"] = ContentHash.Of(data().ToDictionary(path => Path.GetFileName(path), ContentHash.Of)),
            ["initial model"] = initial is null ? "none" : ContentHash.Of(ModelLocation.Find(initial)),
        };
        foreach (string path in validation)
        {
            inputs[$"validation {path}"] = ContentHash.Of(path);
        }

        return inputs;
    }

    public StageResult Run(string folder, CancellationToken cancellation)
    {
        using Checkpoint? start = initial is null ? null : TrainModel.LoadInitial(recipe, initial);
        TrainingData crystals = TrainingData.Read(data(), validation, recipe);
        TrainingOutcome outcome = TrainModel.Train(recipe, crystals, start, folder, true, device, error, cancellation);
        if (!outcome.IsDone)
        {
            throw new OperationCanceledException(cancellation);
        }

        string model = Path.Combine(folder, TrainingSession.ModelFileName);
        SortedDictionary<string, double> figures = new(StringComparer.Ordinal)
        {
            ["crystals"] = crystals.Training.Count,
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
                [TrainingSession.ModelFileName] = CheckpointFile.Verify(model),
            },
            figures
        );
    }
}
