using System.Reflection;
using System.Text.Json;
using Kagome.Networks.Models;
using Tomlyn;
using Tomlyn.Model;

namespace Kagome.Training.Recipes;

/// <summary>Recipes as TOML: one table per part, keys in snake_case, such as [optimizer] learning_rate.</summary>
public static class RecipeFile
{
    private const int LongestQuote = 80; // characters

    private const string DerivedProperty = nameof(CrysformerConfiguration.EdgeFeatureCount);

    private static readonly string DerivedKey = JsonNamingPolicy.SnakeCaseLower.ConvertName(DerivedProperty);

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
            TomlTable table = TomlSerializer.Deserialize<TomlTable>(text, Options) ?? [];
            RefuseUnknownKeys(table, typeof(Recipe), source, "");
            Recipe recipe = TomlSerializer.Deserialize<Recipe>(text, Options) ?? new Recipe();
            Validate(recipe);
            RefuseContradiction(table, recipe);
            return recipe;
        }
        catch (TomlException exception)
        {
            throw new RecipeException($"{source}: {exception.Message}{Quote(text, exception.Line)}", exception);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new RecipeException($"{source}: {exception.Message}", exception);
        }
    }

    /// <summary>The whole recipe, defaults and derived values included, as <see cref="Parse"/> reads it back.</summary>
    public static string Format(Recipe recipe) => TomlSerializer.Serialize(recipe, Options);

    private static void RefuseUnknownKeys(TomlTable table, Type type, string source, string prefix)
    {
        Dictionary<string, PropertyInfo> known = type.GetProperties()
            .Where(property => property.CanWrite || property.Name == DerivedProperty)
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
            else if (value is TomlTableArray rows)
            {
                Type rowType = property.PropertyType.GetGenericArguments().FirstOrDefault(property.PropertyType);
                rows.ToList().ForEach(row => RefuseUnknownKeys(row, rowType, source, $"{key}."));
            }
        }
    }

    /// <summary>The line at fault, which names the key as the parser's message does not.</summary>
    private static string Quote(string text, int? line) =>
        line is { } number && text.Split('\n').ElementAtOrDefault(number - 1)?.Trim() is { Length: > 0 } content
            ? $" In '{content[..Math.Min(content.Length, LongestQuote)]}'."
            : "";

    /// <summary><see cref="Format"/> writes the edge features for the reader's sake; they follow from the frequencies.</summary>
    private static void RefuseContradiction(TomlTable table, Recipe recipe)
    {
        if (
            table.TryGetValue("network", out object? network)
            && ((TomlTable)network).TryGetValue(DerivedKey, out object? stated)
            && !Equals(stated, (long)recipe.Network.EdgeFeatureCount)
        )
        {
            throw new ArgumentException(
                $"network.{DerivedKey} is {stated}; expected {recipe.Network.EdgeFeatureCount}, which follows from frequency_count. Leave it out."
            );
        }
    }

    private static void Validate(Recipe recipe)
    {
        recipe.Network.Validate();
        (OptimizerSettings optimizer, BatchSettings batches, RunSettings run) = (
            recipe.Optimizer,
            recipe.Batches,
            recipe.Run
        );
        RequireAbove0("run.steps", run.Steps);
        RequireAbove0("run.validation_crystals", run.ValidationCrystals);
        RequireAtLeast0("run.validate_every", run.ValidateEvery);
        RequireAtLeast0("run.checkpoint_minutes", run.CheckpointMinutes);
        RequireAtLeast0("run.workers", run.Workers);
        RequireShare("run.validation_share", run.ValidationShare);
        RequireAbove0("optimizer.learning_rate", optimizer.LearningRate);
        RequireAtLeast0("optimizer.final_learning_rate", optimizer.FinalLearningRate);
        RequireAtLeast0("optimizer.warm_up_steps", optimizer.WarmUpSteps);
        RequireAtLeast0("optimizer.clip_value", optimizer.ClipValue);
        RequireAtLeast0("optimizer.clip_norm", optimizer.ClipNorm);
        RequireShare("optimizer.average_decay", optimizer.AverageDecay);
        RequireAbove0("batches.atoms", batches.Atoms);
        RequireAbove0("batches.crystals", batches.Crystals);
        if (recipe.Energy is { } energy)
        {
            if (!recipe.Network.HasEnergyHead)
            {
                throw new ArgumentException("network.has_energy_head is false; expected true, which [energy] needs.");
            }

            RequireAbove0("energy.weight", energy.Weight);
            Require(energy.CleanShare is >= 0 and <= 1, "energy.clean_share", energy.CleanShare, "a share from 0 to 1");
        }

        if (recipe.Property is { } property)
        {
            Require(property.Folds >= 2, "property.folds", property.Folds, "at least 2");
            RequireShare("property.calibration_share", property.CalibrationShare);
            RequireAtLeast0("property.trainable_blocks", property.TrainableBlocks);
        }

        RequireAbove0("process.step_count", recipe.Process.StepCount);
    }

    private static void RequireAbove0(string key, double value) => Require(value > 0, key, value, "a number above 0");

    private static void RequireAtLeast0(string key, double value) =>
        Require(value >= 0, key, value, "a number of at least 0");

    private static void RequireShare(string key, double value) =>
        Require(value is >= 0 and < 1, key, value, "a share of at least 0 and below 1");

    private static void Require(bool holds, string key, double value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"{key} is {value}; expected {expected}.");
        }
    }
}
