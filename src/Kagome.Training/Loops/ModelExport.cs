using Kagome.Models;
using Kagome.Training.Data;
using Kagome.Training.Recipes;

namespace Kagome.Training;

/// <summary>Turns a run as it stands into a model that others can use.</summary>
/// <param name="crystals">What the run learns from.</param>
/// <param name="clock">Dates the model.</param>
/// <param name="commit">The commit of the source code; null where it is unknown.</param>
internal sealed class ModelExport(TrainingSet crystals, TimeProvider clock, string? commit)
{
    /// <summary>Writes the averaged weights with all that is known of their origin.</summary>
    public void Write(TrainingRun run, string path, WeightPrecision precision = WeightPrecision.Single)
    {
        using Checkpoint checkpoint = new()
        {
            Network = run.Recipe.Network,
            Process = run.Recipe.Process,
            Schedules = run.Schedules,
            Weights = run.AveragedWeights(),
            LabelScaler = run.LabelScaler,
            Provenance = Describe(run),
        };
        CheckpointFile.Save(path, checkpoint, precision);
    }

    private Provenance Describe(TrainingRun run) =>
        new()
        {
            Name = run.Recipe.Name,
            Kind = run.Recipe.Task.Kind,
            DataSets =
            [
                .. (run.Recipe.Sources ?? []).Select(source => new DataSource(
                    source.Name,
                    source.License,
                    source.Attribution
                )),
            ],
            Recipe = RecipeFile.Format(run.Recipe),
            Seed = run.Recipe.Seed,
            Commit = commit,
            HoursTrained = run.TimeTrained.TotalHours,
            InitialModel = run.InitialModel,
            Step = run.StepsTaken,
            Created = clock.GetUtcNow(),
            LargestAtomCount = crystals.LargestAtomCount,
            ElementsSeen = crystals.ElementCounts.ToDictionary(pair => pair.Key, pair => (long)pair.Value),
            FormulaUnitsSeen = crystals.FormulaUnitCounts.ToDictionary(
                pair => pair.Key,
                pair => (IReadOnlyDictionary<int, int>)pair.Value
            ),
        };
}
