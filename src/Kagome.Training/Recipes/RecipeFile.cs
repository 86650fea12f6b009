using System.Text.Json;
using Tomlyn.Model;

namespace Kagome.Training.Recipes;

/// <summary>Recipes as TOML: one table per part, keys in snake_case, such as [optimizer] learning_rate.</summary>
public static class RecipeFile
{
    private const string EnergyKey = "energy";
    private const string PropertyKey = "property";
    private const string DiffusionKey = "diffusion";
    private const string FlowKey = "flow";
    private static readonly string DerivedKey = JsonNamingPolicy.SnakeCaseLower.ConvertName(TomlRecord.DerivedProperty);

    /// <summary>Reads the recipe of one training run.</summary>
    /// <exception cref="RecipeException">The file is no TOML, or a key or value is not one of a recipe.</exception>
    public static Recipe Read(string path) => Parse(TomlRecord.TextOf(path), path);

    /// <summary>Parses a recipe's text; <paramref name="source"/> names it in errors.</summary>
    public static Recipe Parse(string text, string source) =>
        TomlRecord.Parse<Recipe>(
            text,
            source,
            (recipe, table) =>
            {
                Validate(recipe);
                RefuseContradiction(table, recipe);
            },
            ("stage_one", "`kagome pretrain`")
        );

    /// <summary>The whole recipe, defaults and derived values included, as <see cref="Parse"/> reads it back.</summary>
    public static string Format(Recipe recipe) => TomlRecord.Format(recipe);

    /// <summary><see cref="Format"/> writes the edge features for the reader's sake; they follow from the frequencies.</summary>
    private static void RefuseContradiction(TomlTable table, Recipe recipe)
    {
        if (table.ContainsKey(EnergyKey) && table.ContainsKey(PropertyKey))
        {
            throw new ArgumentException(
                $"has [{EnergyKey}] and [{PropertyKey}]; expected one, for a model learns one of them."
            );
        }

        if (table.ContainsKey(DiffusionKey) && table.ContainsKey(FlowKey))
        {
            throw new ArgumentException(
                $"has [{DiffusionKey}] and [{FlowKey}]; expected one, for a model learns one process."
            );
        }

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

    /// <exception cref="ArgumentException">A value is outside the range that a run can use.</exception>
    internal static void Validate(Recipe recipe)
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
        RequireAtLeast0("optimizer.muon_factor", optimizer.MuonFactor);
        Require(
            optimizer.MuonFactor <= 0 || optimizer.WeightDecay <= 0,
            "optimizer.weight_decay",
            optimizer.WeightDecay,
            "0 beside muon_factor, which has none"
        );
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
            Require(
                energy.DisplacedShare >= 0 && energy.CleanShare + energy.DisplacedShare <= 1,
                "energy.displaced_share",
                energy.DisplacedShare,
                "a share from 0 to 1, with clean_share at most 1"
            );
        }

        Check("property", () => recipe.Property?.Validate());
        RequireAbove0(recipe.Flow is null ? "diffusion.step_count" : "flow.step_count", recipe.Process.StepCount);
        if (recipe.Flow is { } flow)
        {
            RequireAbove0("flow.volume_per_point", flow.VolumePerPoint);
            RequireAbove0("flow.lattice_spread", flow.LatticeSpread);
            if (recipe.Energy is not null)
            {
                throw new ArgumentException(
                    "[flow] stands beside [energy]; expected [diffusion], for a predictor learns from the noise of diffusion. Leave one out."
                );
            }
        }
    }

    /// <summary>Names the key of the file in place of the property.</summary>
    private static void Check(string table, Action validate)
    {
        try
        {
            validate();
        }
        catch (OptionException exception)
        {
            string key = $"{table}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(exception.Option)}";
            throw new ArgumentException(exception.Reword(_ => key), exception);
        }
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

/// <summary>A recipe that cannot be followed.</summary>
public sealed class RecipeException(string message, Exception? inner = null) : KagomeException(message, inner);
