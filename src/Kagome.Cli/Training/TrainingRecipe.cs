using Kagome.Checkpoints;
using Kagome.Training.Recipes;

namespace Kagome.Cli.Training;

/// <summary>The recipe of a training command: the file's, with what the command line says instead.</summary>
internal static class TrainingRecipe
{
    /// <exception cref="BadInputException">The recipe is for another kind of model.</exception>
    public static Recipe Of(TrainSettings settings)
    {
        Recipe recipe = RecipeFile.Read(RecipeLocation.Find(settings.Recipe));
        if (settings.Kind == ModelKind.Generator && recipe.Energy is not null)
        {
            throw new BadInputException(
                $"Recipe {recipe.Name} has an [energy] part, which is a predictor's. Use `kagome train predictor`, or another recipe."
            );
        }

        return ForKind(recipe, settings.Kind) with
        {
            Seed = settings.Seed ?? recipe.Seed,
            InitialModel = settings.InitialModel ?? recipe.InitialModel,
            Run = recipe.Run with { Steps = settings.Steps ?? recipe.Run.Steps },
        };
    }

    /// <summary>A generator's recipe makes a predictor too: the energy head and the paper's energy loss are added.</summary>
    private static Recipe ForKind(Recipe recipe, ModelKind kind) =>
        kind == ModelKind.Predictor
            ? recipe with
            {
                Energy = recipe.Energy ?? new EnergySettings(),
                Network = recipe.Network with { HasEnergyHead = true },
            }
            : recipe;
}
