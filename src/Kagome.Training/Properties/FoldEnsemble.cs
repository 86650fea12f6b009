using Kagome.Energies;
using Kagome.Models;
using Kagome.Training.Recipes;
using Kagome.Work;
using static TorchSharp.torch;

namespace Kagome.Training.Properties;

/// <summary>The trained folds of a run: tests them and puts them into one file.</summary>
internal sealed class FoldEnsemble : IDisposable
{
    private readonly Recipe recipe;
    private readonly PropertyData data;
    private readonly List<LoadedModel> folds = [];
    private IReadOnlyList<RegressionForest>? occurrence;

    private FoldEnsemble(Recipe recipe, PropertyData data) => (this.recipe, this.data) = (recipe, data);

    public static FoldEnsemble Load(PropertyTrainingOptions options, Recipe recipe, PropertyData data)
    {
        ModelCatalog catalog = new(options.ModelFolder);
        FoldEnsemble ensemble = new(recipe, data);
        try
        {
            for (int fold = 0; fold < data.Settings.Folds; fold++)
            {
                string path = Path.Combine(options.FoldFolder(fold), TrainingSession.ModelFileName);
                ensemble.folds.Add(LoadedModel.Load(catalog, path, ModelKind.Property, options.Device));
            }

            return ensemble;
        }
        catch
        {
            ensemble.Dispose();
            throw;
        }
    }

    /// <summary>What each fold says about the crystals that it did not learn from, and all together about those of no fold.</summary>
    public async Task<CrossValidation> TestAsync(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        PreparedCell[] cells = [.. data.Crystals.Select(crystal => new PreparedCell(crystal.Cell, null))];
        ProgressCounter counter = new(progress, "testing", "crystals", (long)cells.Length * folds.Count);
        double[][] predictions = new double[folds.Count][];
        using WorkerThreads workers = new(folds[0].WorkerCount);
        for (int at = 0; at < folds.Count; at++)
        {
            (int fold, LoadedModel model) = (at, folds[at]);
            double[] energies = await workers
                .MapAsync(
                    model,
                    BatchPacker.EvaluationAtoms,
                    cells,
                    (batch, _) => CrystalReadings.Of(model.Network(), batch),
                    counter,
                    cancellation
                )
                .ConfigureAwait(false);
            LabelScaler scaler = model.Checkpoint.LabelScaler!;
            predictions[fold] =
            [
                .. energies.Zip(
                    data.Crystals,
                    (energy, crystal) => scaler.Restore(energy) + data.FromComposition(fold, crystal)
                ),
            ];
        }

        PropertyTest test = new(data, predictions);
        OccurrenceTest? second = OccurrenceTest.Of(data, cancellation);
        occurrence = second?.Forests;
        return new CrossValidation(
            data.Settings.Label,
            data.Settings.Unit,
            data.Transform,
            [.. Enumerable.Range(0, folds.Count).Select(test.Scores)],
            test.Calibration(),
            second?.Scores
        );
    }

    /// <summary>Writes all folds as one model.</summary>
    public void Save(string path, CrossValidation tested)
    {
        using IDisposable noGradient = no_grad();
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Checkpoint first = folds[0].Checkpoint;
        using Checkpoint model = new()
        {
            Network = first.Network,
            Process = first.Process,
            Schedules = first.Schedules,
            Ensemble = new PropertyEnsemble
            {
                Label = tested.Label,
                Unit = tested.Unit,
                Transform = tested.Transform,
                Scalers = [.. folds.Select(fold => fold.Checkpoint.LabelScaler!)],
                CompositionForests = data.Settings.FromComposition
                    ? [.. Enumerable.Range(0, folds.Count).Select(data.Composition)]
                    : null,
                CrossValidation = tested.Scores,
                Calibration = tested.Calibration,
                Occurrence = tested.Occurrence,
                OccurrenceForests = occurrence,
            },
            Provenance = first.Provenance with
            {
                Name = recipe.Name,
                Recipe = RecipeFile.Format(recipe),
                Seed = recipe.Seed,
                HoursTrained = folds.Sum(fold => fold.Checkpoint.Provenance.HoursTrained),
                ElementsSeen = data
                    .Learned.SelectMany(crystal => crystal.Cell.Composition.Counts.Keys)
                    .CountBy(element => element.AtomicNumber)
                    .ToDictionary(pair => pair.Key, pair => (long)pair.Value),
                LargestAtomCount = data.Learned.Max(crystal => crystal.Cell.AtomCount),
            },
            Weights = EnsembleWeights.Join([.. folds.Select(fold => fold.Checkpoint.Weights)]), // copies
        };
        CheckpointFile.Save(path, model);
    }

    public void Dispose() => folds.ForEach(fold => fold.Dispose());
}
