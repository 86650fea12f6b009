using System.Reflection;
using System.Text.Json;
using Tomlyn;
using Tomlyn.Model;

namespace Kagome.Training.Recipes;

/// <summary>Recipes as TOML: one table per part, keys in snake_case, such as [optimizer] learning_rate.</summary>
public static class RecipeFile
{
    private static readonly TomlSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <exception cref="RecipeException">The file is no TOML, or a key or value is not one of a recipe.</exception>
    public static Recipe Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (IOException exception)
        {
            throw new RecipeException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Parses a recipe's text; <paramref name="source"/> names it in errors.</summary>
    public static Recipe Parse(string text, string source)
    {
        try
        {
            RefuseUnknownKeys(TomlSerializer.Deserialize<TomlTable>(text, Options) ?? [], typeof(Recipe), source, "");
            Recipe recipe = TomlSerializer.Deserialize<Recipe>(text, Options) ?? new Recipe();
            Validate(recipe);
            return recipe;
        }
        catch (Exception exception) when (exception is TomlException or ArgumentException or InvalidOperationException)
        {
            throw new RecipeException($"{source}: {exception.Message}", exception);
        }
    }

    public static string Format(Recipe recipe) => TomlSerializer.Serialize(recipe, Options);

    private static void RefuseUnknownKeys(TomlTable table, Type type, string source, string prefix)
    {
        Dictionary<string, PropertyInfo> known = type.GetProperties()
            .Where(property => property.CanWrite)
            .ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        foreach ((string key, object? value) in table)
        {
            if (!known.TryGetValue(key, out PropertyInfo? property))
            {
                throw new RecipeException(
                    $"{source}: unknown key '{prefix}{key}'; expected one of {string.Join(", ", known.Keys.Order())}."
                );
            }

            if (value is TomlTable inner)
            {
                RefuseUnknownKeys(inner, property.PropertyType, source, $"{key}.");
            }
        }
    }

    private static void Validate(Recipe recipe)
    {
        recipe.Network.Validate();
        Require(recipe.Run.Steps > 0, "run.steps", recipe.Run.Steps, "a number above 0");
        Require(
            recipe.Optimizer.LearningRate > 0,
            "optimizer.learning_rate",
            recipe.Optimizer.LearningRate,
            "a number above 0"
        );
        Require(recipe.Batches.Atoms > 0, "batches.atoms", recipe.Batches.Atoms, "a number above 0");
        Require(recipe.Batches.Crystals > 0, "batches.crystals", recipe.Batches.Crystals, "a number above 0");
        Require(recipe.Process.StepCount > 0, "process.step_count", recipe.Process.StepCount, "a number above 0");
        Require(
            recipe.Run.ValidationShare is >= 0 and < 1,
            "run.validation_share",
            recipe.Run.ValidationShare,
            "a share of at least 0 and below 1"
        );
    }

    private static void Require(bool holds, string key, object value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"{key} is {value}; expected {expected}.");
        }
    }
}
