using Kagome.Checkpoints;
using Kagome.Cli.Training;
using Kagome.Training.Recipes;

namespace Kagome.Cli.Properties;

/// <summary>The recipe of a property's training: the file's, with what the command line says instead.</summary>
internal static class PropertyRecipe
{
    private const string DefaultInitialModel = "kagome-p";

    private static readonly Dictionary<string, string> KnownUnits = new(StringComparer.Ordinal)
    {
        ["tc"] = "K",
        ["gap"] = "eV",
        ["e_hull"] = "eV/atom",
        ["e_form"] = "eV/atom",
    };

    /// <summary>Without the network's shape, which is the initial model's.</summary>
    /// <exception cref="BadInputException">No label is named, or the folds cannot be.</exception>
    public static Recipe Of(TrainPropertySettings settings)
    {
        Recipe recipe = RecipeFile.Read(RecipeLocation.Find(settings.Recipe));
        PropertySettings property = recipe.Property ?? new PropertySettings();
        string name = recipe.Name;
        if (settings.Label is { } label && label != property.Label)
        {
            name = recipe.Property is null ? name : label; // unit, range and logarithm are another label's
            property = new PropertySettings
            {
                Label = label,
                TrainableBlocks = property.TrainableBlocks,
                FromComposition = property.FromComposition,
            };
        }

        property = property with
        {
            Unit = settings.Unit ?? Unit(property),
            Log = settings.Log || property.Log,
            Above = settings.Above ?? property.Above,
            Folds = settings.Folds ?? property.Folds,
            TrainableBlocks = settings.TrainableBlocks ?? property.TrainableBlocks,
        };
        Check(property, recipe.Name);
        return recipe with
        {
            Name = name,
            Seed = settings.Seed ?? recipe.Seed,
            Property = property,
            Energy = null,
            InitialModel = settings.InitialModel ?? recipe.InitialModel ?? DefaultInitialModel,
            Run = recipe.Run with { Steps = settings.Steps ?? recipe.Run.Steps },
        };
    }

    /// <summary>The model to start from, without its head, whatever it was for.</summary>
    /// <returns>It shares weights with <paramref name="loaded"/>.</returns>
    /// <exception cref="BadInputException">It holds several networks.</exception>
    public static Checkpoint Headless(Checkpoint loaded) =>
        loaded.Ensemble is null
            ? loaded with
            {
                Network = loaded.Network with { HasEnergyHead = false, HasTypeHead = false },
                Weights = loaded
                    .Weights.Where(pair => !pair.Key.StartsWith("energy_head.", StringComparison.Ordinal))
                    .ToDictionary(),
            }
            : throw new BadInputException(
                $"--init: {loaded.Provenance.Name} is an ensemble of {loaded.Ensemble.FoldCount} networks; expected one network, such as kagome-p."
            );

    /// <summary>The recipe of one fold's network, of the shape of the model that it starts from.</summary>
    public static Recipe OfFold(Recipe recipe, Checkpoint initial, int fold) =>
        recipe with
        {
            Name = $"{recipe.Name}-fold-{fold + 1}",
            Seed = recipe.Seed + fold,
            Network = initial.Network with { HasEnergyHead = true },
            Process = initial.Process,
        };

    private static string Unit(PropertySettings property) =>
        property.Unit.Length > 0 ? property.Unit : KnownUnits.GetValueOrDefault(property.Label, "1");

    private static void Check(PropertySettings property, string recipe)
    {
        if (property.Label.Length == 0)
        {
            throw new BadInputException(
                $"Recipe {recipe} names no label. Say which to learn with --label, such as gap."
            );
        }

        if (property.Folds is < 2 or > 100)
        {
            throw new BadInputException($"--folds is {property.Folds}; expected 2 to 100.");
        }

        if (property.TrainableBlocks < 0)
        {
            throw new BadInputException(
                $"--trainable-blocks is {property.TrainableBlocks}; expected 0, for the head alone, or more."
            );
        }

        if (double.IsNaN(property.Above) || (property.Log && double.IsFinite(property.Above) && property.Above < 0))
        {
            throw new BadInputException(
                $"--above is {property.Above}; expected a number, of at least 0 where logarithms are learned."
            );
        }
    }
}
