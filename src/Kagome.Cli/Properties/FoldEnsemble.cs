using Kagome.Checkpoints;
using Kagome.Cli.Energies;
using Kagome.Core.Structures;
using Kagome.Evaluation.Properties;
using Kagome.Networks.Models;
using Kagome.Sampling.Energies;
using Kagome.Training.Loops;
using Kagome.Training.Recipes;
using static TorchSharp.torch;

namespace Kagome.Cli.Properties;

/// <summary>The trained folds of a run: tests them and puts them into one file.</summary>
internal sealed class FoldEnsemble : IDisposable
{
    private readonly Recipe recipe;
    private readonly PropertyData data;
    private readonly IReadOnlyList<Checkpoint> folds;
    private LinearModel[] occurrence = [];

    private FoldEnsemble(Recipe recipe, PropertyData data, IReadOnlyList<Checkpoint> folds) =>
        (this.recipe, this.data, this.folds) = (recipe, data, folds);

    public static FoldEnsemble Load(string folder, Recipe recipe, PropertyData data) =>
        new(
            recipe,
            data,
            [
                .. Enumerable
                    .Range(0, recipe.Property!.Folds)
                    .Select(fold =>
                        CheckpointFile.Load(
                            Path.Combine(TrainProperty.FoldFolder(folder, fold), TrainingSession.ModelFileName)
                        )
                    ),
            ]
        );

    public CrossValidation Test(TextWriter error, CancellationToken cancellation)
    {
        Structure[] cells = [.. data.Crystals.Select(crystal => crystal.Cell)];
        using CrystalProgress progress = new(error, "testing");
        progress.Add(cells.Length * folds.Count);
        CrystalReading[][] readings = [.. folds.Select(fold => Read(fold, cells, progress.Advance, cancellation))];
        PropertyTest test = new(data, readings, [.. folds.Select(fold => fold.LabelScaler!)]);
        OccurrenceTest? second = OccurrenceTest.Of(data, readings);
        occurrence = second?.Models ?? [];
        return new CrossValidation(
            recipe.Property!.Label,
            recipe.Property.Unit,
            recipe.Property.Log ? LabelTransform.Log : LabelTransform.None,
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
        Checkpoint first = folds[0];
        using Checkpoint model = first with
        {
            LabelScaler = null,
            Ensemble = new PropertyEnsemble
            {
                Label = tested.Label,
                Unit = tested.Unit,
                Transform = tested.Transform,
                Scalers = [.. folds.Select(fold => fold.LabelScaler!)],
                Composition = recipe.Property!.FromComposition
                    ? [.. Enumerable.Range(0, folds.Count).Select(data.Composition)]
                    : null,
                CrossValidation = tested.Scores,
                Calibration = tested.Calibration,
                Occurrence = tested.Occurrence,
            },
            Provenance = first.Provenance with
            {
                Name = recipe.Name,
                Recipe = RecipeFile.Format(recipe),
                Seed = recipe.Seed,
                HoursTrained = folds.Sum(fold => fold.Provenance.HoursTrained),
                ElementsSeen = data
                    .Learned.SelectMany(crystal => crystal.Cell.Composition.Counts.Keys)
                    .CountBy(element => element.AtomicNumber)
                    .ToDictionary(pair => pair.Key, pair => (long)pair.Value),
                LargestAtomCount = data.Learned.Max(crystal => crystal.Cell.AtomCount),
            },
            Weights = EnsembleWeights.Join([.. folds.Select(Weights)]),
        };
        CheckpointFile.Save(path, model);
    }

    public void Dispose()
    {
        foreach (Checkpoint fold in folds)
        {
            fold.Dispose();
        }
    }

    private static CrystalReading[] Read(
        Checkpoint fold,
        Structure[] cells,
        Action<int> advance,
        CancellationToken cancellation
    )
    {
        using Crysformer network = fold.CreateNetwork();
        return CellBatches.Run(cells, batch => CleanEnergies.Read(network, batch), advance, cancellation);
    }

    /// <summary>The network's, and those of the second question.</summary>
    private Dictionary<string, Tensor> Weights(Checkpoint fold, int at)
    {
        Dictionary<string, Tensor> weights = new(fold.Weights, StringComparer.Ordinal);
        if (occurrence.Length > 0)
        {
            weights[EnsembleWeights.OccurrenceWeight] = tensor(occurrence[at].Weights, ScalarType.Float32);
            weights[EnsembleWeights.OccurrenceBias] = tensor(new[] { occurrence[at].Bias }, ScalarType.Float32);
        }

        return weights;
    }
}
