using Kagome.Formats.Text;
using Kagome.Models;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;

namespace Kagome.Training;

/// <summary>The two-stage pretraining of DAO: each stage from the one before, none of them twice.</summary>
/// <remarks>
/// <para>
/// Stages: data (read, filter, leave out what is held out, cut into shards); stage-one (DAO-G on all crystals); predictor (DAO-P on the same);
/// relaxation (unstable crystals, by DAO-P); stage-two (DAO-G on the relaxed ones); fine-tuning (where the recipe has it). Each has a folder with
/// a report. A stage that is done is skipped; one that was stopped goes on where it was; one whose settings, data or models have changed is done
/// again, and the old one is kept aside. Source: arXiv 2503.10471, A.7.
/// </para>
/// <para>Safe to use from several threads, each with a folder of its own; not so with a group of processes.</para>
/// </remarks>
/// <param name="models">Where the names of models are looked up; null for those that came along.</param>
/// <param name="recipes">Where the names of recipes are looked up; null for those that came along.</param>
/// <param name="processes">Processes that share batches and shards, by the same options and with the same folder; null for this one alone. Should one of them fail, all have to be ended.</param>
public sealed class Pretrainer(
    ModelCatalog? models = null,
    RecipeCatalog? recipes = null,
    IProcessGroup? processes = null
)
{
    private const string StageOne = "stage-one";
    private const string PredictorStage = "predictor";
    private const string StageTwo = "stage-two";
    private const string FineTuning = "fine-tuning";

    private readonly IProcessGroup group = processes ?? SingleProcess.Group;
    private readonly ModelCatalog models = models ?? new ModelCatalog();
    private readonly RecipeCatalog recipes = recipes ?? new RecipeCatalog();

    /// <summary>Does the stages that are not done, and leaves models and reports in the folder.</summary>
    /// <param name="options">The recipe, and what to learn from.</param>
    /// <param name="progress">Hears of all that happens.</param>
    /// <param name="cancellation">Stops within a stage, with a state to go on from: the outcome is then not done.</param>
    /// <exception cref="OptionException">An option is out of its range, or there is no such device.</exception>
    /// <exception cref="InputException">No crystal can be learned from, or a model does not fit.</exception>
    /// <exception cref="RecipeException">The recipe is damaged.</exception>
    /// <exception cref="TrainingDivergedException">The loss of a stage is no number any more; its last checkpoint stays.</exception>
    public async Task<PretrainingOutcome> PretrainAsync(
        PretrainingOptions options,
        IProgress<TrainingEvent>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        PretrainingRecipe recipe = options.Apply(PretrainingRecipeFile.Read(recipes.Find(options.Recipe)));
        string predictor = recipe.Predictor.Model ?? Model(options, PredictorStage);
        if (recipe.Predictor.Model is not null)
        {
            // a mistake here shall not show after days of stage I
            CrystalRelaxation.LoadPredictor(models, predictor, options.Device).Dispose();
        }

        List<StageReport> reports = [];
        string? stopped = null;
        foreach (IStage stage in Stages(recipe, options, predictor))
        {
            try
            {
                StageFolder folder = new(options.OutputFolder, stage.Name, group);
                reports.Add(await folder.CompleteAsync(stage, progress, cancellation).ConfigureAwait(false));
            }
            catch (StoppedTogetherException)
            {
                stopped = stage.Name;
                break;
            }
        }

        string last = recipe.FineTuning is null ? StageTwo : FineTuning;
        return new PretrainingOutcome(stopped, reports, Model(options, last), predictor);
    }

    private IEnumerable<IStage> Stages(PretrainingRecipe recipe, PretrainingOptions options, string predictor)
    {
        string data = Path.Combine(options.OutputFolder, DataPreparation.StageName);
        string relaxed = Path.Combine(options.OutputFolder, CrystalRelaxation.StageName);
        string first = Model(options, StageOne);
        yield return new DataPreparation(recipe, options.Format, group);
        yield return Training(StageOne, recipe.StageOneRecipe, data, recipe.InitialModel);
        if (recipe.Predictor.Model is null)
        {
            string? initial = recipe.Predictor.StartsFromStageOne ? first : null;
            yield return Training(PredictorStage, recipe.PredictorRecipe, data, initial);
        }

        yield return new CrystalRelaxation(recipe, data, predictor, models, options.Device, group);
        yield return Training(StageTwo, recipe.StageTwoRecipe, relaxed, first);
        if (recipe is { FineTuning: { } tuning, FineTuningRecipe: { } tuningRecipe })
        {
            IReadOnlyList<string> validation = tuning.Validation.Count > 0 ? tuning.Validation : recipe.Validation;
            yield return new ModelTraining(
                FineTuning,
                tuningRecipe,
                () => tuning.Data,
                validation,
                Model(options, StageTwo),
                models,
                options.Device,
                group
            )
            {
                DataFormat = options.Format,
                ValidationFormat = options.Format,
            };
        }

        ModelTraining Training(string name, Recipe stage, string shards, string? initial) =>
            new(name, stage, () => CrystalShards.Of(shards), recipe.Validation, initial, models, options.Device, group)
            {
                ValidationFormat = options.Format,
            };
    }

    private static string Model(PretrainingOptions options, string stage) =>
        Path.Combine(options.OutputFolder, stage, TrainingSession.ModelFileName);
}

/// <summary>The recipe of a pretraining, and what takes the place of its paths.</summary>
public sealed record PretrainingOptions
{
    /// <summary>A pretraining recipe's name or file.</summary>
    public required string Recipe { get; init; }

    /// <summary>Crystals to learn from. Default: empty, for the recipe's.</summary>
    public IReadOnlyList<string> DataPaths { get; init; } = [];

    /// <summary>Crystals to validate on. Default: empty, for the recipe's.</summary>
    public IReadOnlyList<string> ValidationPaths { get; init; } = [];

    /// <summary>Benchmark sets, whose crystals are not learned from. Default: empty, for the recipe's.</summary>
    public IReadOnlyList<string> HeldOutPaths { get; init; } = [];

    /// <summary>Crystals to fine-tune on. Default: empty, for the recipe's; any add the stage to a recipe that has none.</summary>
    public IReadOnlyList<string> FineTuningPaths { get; init; } = [];

    /// <summary>How all of these files are written. Default: null, as their names tell.</summary>
    public IStructureFormat? Format { get; init; }

    /// <summary>The folder that gets a folder for each stage.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>cpu or cuda. Default: cpu.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Seed of all stages. Default: null, for the recipe's.</summary>
    public long? Seed { get; init; }

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        if (OutputFolder.Length == 0)
        {
            throw new OptionException(nameof(OutputFolder), "empty", "the path of a folder");
        }
    }

    /// <exception cref="InputException">There is nothing to learn from.</exception>
    internal PretrainingRecipe Apply(PretrainingRecipe recipe)
    {
        FineTuningStage? tuning =
            FineTuningPaths.Count > 0
                ? (recipe.FineTuning ?? new FineTuningStage()) with
                {
                    Data = FineTuningPaths,
                }
                : recipe.FineTuning;
        PretrainingRecipe asked = recipe with
        {
            Data = Either(DataPaths, recipe.Data),
            Validation = Either(ValidationPaths, recipe.Validation),
            HeldOut = Either(HeldOutPaths, recipe.HeldOut),
            FineTuning = tuning,
            Seed = Seed ?? recipe.Seed,
        };
        return asked.Data.Count == 0
                ? throw new InputException(
                    $"Recipe {recipe.Name} names no data; give crystals with {nameof(DataPaths)}.",
                    recipe.Name,
                    nameof(DataPaths)
                )
            : tuning is { Data.Count: 0 }
                ? throw new InputException(
                    $"Recipe {recipe.Name} fine-tunes, but names no data for it; give crystals with {nameof(FineTuningPaths)}.",
                    recipe.Name,
                    nameof(FineTuningPaths)
                )
            : asked;
    }

    private static IReadOnlyList<string> Either(IReadOnlyList<string> own, IReadOnlyList<string> others) =>
        own.Count > 0 ? own : others;
}

/// <summary>How a pretraining ended.</summary>
/// <param name="StoppedIn">The stage in which it was stopped; null where all are done.</param>
/// <param name="Reports">A report for each stage that is done.</param>
/// <param name="ModelPath">The file of the generator, where all stages are done.</param>
/// <param name="Predictor">The name or file of the predictor.</param>
public sealed record PretrainingOutcome(
    string? StoppedIn,
    IReadOnlyList<StageReport> Reports,
    string ModelPath,
    string Predictor
)
{
    /// <summary>Whether all stages are done; if not, the same options go on from there.</summary>
    public bool IsDone => StoppedIn is null;
}

/// <summary>A stage that is done: from what, and what came out. The file report.json holds it.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Inputs">Settings and checksums by name.</param>
/// <param name="Outputs">Checksums by file name.</param>
/// <param name="Figures">What there is to know of the result, by name.</param>
/// <param name="Seconds">How long the run took that ended it; a stage that was interrupted took longer.</param>
public sealed record StageReport(
    string Stage,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, double> Figures,
    double Seconds
);
