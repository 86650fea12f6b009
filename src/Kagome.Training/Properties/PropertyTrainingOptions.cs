using Kagome.Crystals.Structures;
using Kagome.Formats.Text;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;

namespace Kagome.Training.Properties;

/// <summary>Which property to learn, from what, and how.</summary>
public sealed record PropertyTrainingOptions
{
    /// <summary>Files or folders of crystals with the label; entries of a test split are left out.</summary>
    public required IReadOnlyList<string> DataPaths { get; init; }

    /// <summary>How all of these files are written. Default: null, as their names tell.</summary>
    public IStructureFormat? Format { get; init; }

    /// <summary>How to learn. The network's shape is that of the initial model; what stands below goes before what the recipe says.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The label to learn, as the data name it. Default: null, for the recipe's; for another one, unit, range and logarithm of the recipe are ignored.</summary>
    public string? Label { get; init; }

    /// <summary>The label's unit, such as K. Default: null, for the recipe's, or the usual one of labels that Kagome knows.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether to learn the natural logarithm of the label. Default: where the recipe says so.</summary>
    public bool Log { get; init; }

    /// <summary>Labels at or below it are not learned from; at least 0 where logarithms are learned. Default: null, for the recipe's.</summary>
    public double? Above { get; init; }

    /// <summary>Networks of the ensemble; 2 to 100. Default: null, for the recipe's.</summary>
    public int? Folds { get; init; }

    /// <summary>How many of the last blocks are trained beside the head; at least 0. Default: null, for the recipe's.</summary>
    public int? TrainableBlocks { get; init; }

    /// <summary>Whether trees on the composition say what they can, and the networks learn the rest. Default: null, for the recipe's.</summary>
    public bool? FromComposition { get; init; }

    /// <summary>Name or file of the model to start from. Default: null, for the recipe's, or kagome-p.</summary>
    public string? InitialModel { get; init; }

    /// <summary>Steps of each fold; above 0. Default: null, for the recipe's.</summary>
    public int? Steps { get; init; }

    /// <summary>Seed of folds, weights and batches. Default: null, for the recipe's.</summary>
    public long? Seed { get; init; }

    /// <summary>The folder of the run; it gets a folder for each fold, model.safetensors and cross-validation.json. There is no default.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>Whether to go on from what the folder holds. Default: a folder that holds a run is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>cpu or cuda. Default: cpu.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The folder in which names of models are looked up. Default: null, for the models that came along, beside the program.</summary>
    public string? ModelFolder { get; init; }

    /// <summary>What the run is called, and the model with it.</summary>
    public string Name =>
        Recipe.Property is { } property && Label is { } label && label != property.Label ? label : Recipe.Name;

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    /// <exception cref="InputException">No label is named, or the folder holds a run already.</exception>
    public void Validate()
    {
        if (string.IsNullOrEmpty(OutputFolder))
        {
            throw new OptionException(nameof(OutputFolder), OutputFolder, "a folder for the run");
        }

        if (Steps is { } steps)
        {
            OptionException.RequirePositive(nameof(Steps), steps);
        }

        PropertySettings property = Property();
        property.Validate();
        if (property.Label.Length == 0)
        {
            throw new InputException(
                $"Recipe {Recipe.Name} names no label. Say which to learn with {nameof(Label)}, such as gap.",
                Recipe.Name,
                nameof(Label)
            );
        }

        if (!Resume && File.Exists(Path.Combine(FoldFolder(0), TrainingSession.StateFileName)))
        {
            throw new InputException(
                $"{OutputFolder} holds a run already. Go on with {nameof(Resume)}, or choose another folder with {nameof(OutputFolder)}.",
                OutputFolder,
                nameof(Resume),
                nameof(OutputFolder)
            );
        }
    }

    /// <summary>Where a fold keeps its state.</summary>
    internal string FoldFolder(int fold) => Path.Combine(OutputFolder!, $"fold-{fold + 1}");

    /// <summary>The recipe with all that goes before it, but without the network's shape, which is the initial model's.</summary>
    internal Recipe ResolvedRecipe() =>
        Recipe with
        {
            Name = Name,
            Seed = Seed ?? Recipe.Seed,
            Property = Property(),
            Energy = null,
            InitialModel = InitialModel ?? Recipe.InitialModel ?? ModelOptions.DefaultPredictor,
            Run = Recipe.Run with { Steps = Steps ?? Recipe.Run.Steps },
        };

    private PropertySettings Property()
    {
        PropertySettings property = Recipe.Property ?? new PropertySettings();
        if (Label is { } label && label != property.Label)
        {
            property = new PropertySettings // unit, range and logarithm are another label's
            {
                Label = label,
                TrainableBlocks = property.TrainableBlocks,
                FromComposition = property.FromComposition,
            };
        }

        string usual = property.Unit.Length > 0 ? property.Unit : Labels.Unit(property.Label) ?? "1";
        return property with
        {
            Unit = Unit ?? usual,
            Log = Log || property.Log,
            Above = Above ?? property.Above,
            Folds = Folds ?? property.Folds,
            TrainableBlocks = TrainableBlocks ?? property.TrainableBlocks,
            FromComposition = FromComposition ?? property.FromComposition,
        };
    }
}
