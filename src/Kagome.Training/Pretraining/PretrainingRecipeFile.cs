using Kagome.Training.Recipes;

namespace Kagome.Training;

/// <summary>Recipes of the whole pretraining as TOML: one table per stage.</summary>
public static class PretrainingRecipeFile
{
    /// <summary>Reads a recipe; paths in it count from its folder.</summary>
    /// <exception cref="RecipeException">The file is no TOML, or a key or value is not one of such a recipe.</exception>
    public static PretrainingRecipe Read(string path)
    {
        PretrainingRecipe recipe = Parse(TomlRecord.TextOf(path), path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return recipe with
        {
            Data = From(folder, recipe.Data),
            Validation = From(folder, recipe.Validation),
            HeldOut = From(folder, recipe.HeldOut),
            FineTuning = recipe.FineTuning is { } tuning
                ? tuning with
                {
                    Data = From(folder, tuning.Data),
                    Validation = From(folder, tuning.Validation),
                }
                : null,
        };
    }

    /// <summary>Parses a recipe's text; <paramref name="source"/> names it in errors. Paths stay as they are written.</summary>
    public static PretrainingRecipe Parse(string text, string source) =>
        TomlRecord.Parse<PretrainingRecipe>(
            text,
            source,
            (recipe, _) => Validate(recipe),
            ("optimizer", "`kagome train`")
        );

    private static string[] From(string folder, IEnumerable<string> paths) =>
        [.. paths.Select(path => Path.Combine(folder, path))];

    private static void Validate(PretrainingRecipe recipe)
    {
        Recipe?[] stages =
        [
            recipe.StageOneRecipe,
            recipe.PredictorRecipe,
            recipe.StageTwoRecipe,
            recipe.FineTuningRecipe,
        ];
        foreach (Recipe stage in stages.OfType<Recipe>())
        {
            Validate(stage);
        }

        CrystalLimits limits = recipe.Crystals;
        Require(limits.SmallestAtomCount >= 1, "crystals.smallest_atom_count", limits.SmallestAtomCount, "at least 1");
        Require(
            limits.LargestAtomCount >= limits.SmallestAtomCount,
            "crystals.largest_atom_count",
            limits.LargestAtomCount,
            $"at least smallest_atom_count, which is {limits.SmallestAtomCount}"
        );
        Require(limits.ShardSize >= 1, "crystals.shard_size", limits.ShardSize, "at least 1");
        if (recipe.HeldOut.Count > 0 && !limits.LeavesOutDuplicates)
        {
            throw new ArgumentException(
                "crystals.leaves_out_duplicates is false; expected true, which held_out needs: one search finds both."
            );
        }

        RelaxationStage relaxation = recipe.Relaxation;
        Require(
            relaxation.RelaxedUpTo >= relaxation.StableUpTo,
            "relaxation.relaxed_up_to",
            relaxation.RelaxedUpTo,
            $"at least stable_up_to, which is {relaxation.StableUpTo}"
        );
        Require(relaxation.Iterations >= 1, "relaxation.iterations", relaxation.Iterations, "at least 1");
    }

    private static void Validate(Recipe stage)
    {
        try
        {
            RecipeFile.Validate(stage);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"{stage.Name}: {exception.Message}", exception);
        }
    }

    private static void Require(bool holds, string key, double value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"{key} is {value}; expected {expected}.");
        }
    }
}
