using Kagome.Models;
using Kagome.Networks.Layers;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;

namespace Kagome.Training.Tests.Recipes;

public sealed class RecipeFileTests
{
    private const string Source = "mine.toml";

    /// <summary>Of one model; those of the whole pretraining have tests of their own.</summary>
    public static TheoryData<string> Shipped =>
        [
            .. Directory
                .GetFiles(Path.Combine(Repository.Root, "recipes"), "*.toml")
                .Where(path => !File.ReadAllText(path).Contains("[stage_one]", StringComparison.Ordinal))
                .Select(path => Path.GetFileName(path)),
        ];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Read_shipped_recipe_is_named_like_its_file(string fileName)
    {
        Recipe recipe = RecipeFile.Read(Path.Combine(Repository.Root, "recipes", fileName));
        Assert.Equal(Path.GetFileNameWithoutExtension(fileName), recipe.Name);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Format_shipped_recipe_is_read_back_as_it_was(string fileName)
    {
        Recipe recipe = RecipeFile.Read(Path.Combine(Repository.Root, "recipes", fileName));
        Recipe again = RecipeFile.Parse(RecipeFile.Format(recipe), Source);
        Assert.Equal(recipe.Sources ?? [], again.Sources ?? []);
        Assert.Equal(recipe with { Sources = null }, again with { Sources = null });
    }

    [Fact]
    public void Format_no_value_at_its_default_is_read_back_as_it_was()
    {
        Recipe recipe = TestRuns.Recipe with
        {
            Sources =
            [
                new RecipeSource
                {
                    Name = "MP-20",
                    License = "CC-BY-4.0",
                    Attribution = "\"Materials Project\", 2013\n#1",
                },
            ],
            Run = TestRuns.Recipe.Run with
            {
                LargestEnergyAboveHull = 0.08,
                CheckpointMinutes = 0.1 + 0.2,
                Precision = ProductPrecision.BFloat16,
            },
        };
        Recipe again = RecipeFile.Parse(RecipeFile.Format(recipe), Source);
        Assert.Equal(recipe.Sources, again.Sources!);
        Assert.Equal(recipe with { Sources = null }, again with { Sources = null });
    }

    [Fact]
    public void Parse_empty_text_is_the_default_recipe() => Assert.Equal(new Recipe(), RecipeFile.Parse("", Source));

    [Theory]
    [InlineData("", ModelKind.Generator)]
    [InlineData("[network]\nhas_energy_head = true\n[energy]\nweight = 2.0", ModelKind.Predictor)]
    [InlineData("[property]\nlabel = \"tc\"", ModelKind.Property)]
    public void Parse_the_table_tells_what_is_learned(string text, ModelKind kind)
    {
        Recipe recipe = RecipeFile.Parse(text, Source);
        Assert.Equal(kind, recipe.Task.Kind);
        Assert.Equal(kind == ModelKind.Predictor, recipe.Energy is { Weight: 2 });
        Assert.Equal(kind == ModelKind.Property, recipe.Property is { Label: "tc" });
        Assert.Equal(recipe, RecipeFile.Parse(RecipeFile.Format(recipe), Source));
    }

    [Theory]
    [InlineData("", typeof(DiffusionConfiguration), 1000)]
    [InlineData("[diffusion]\nstep_count = 40", typeof(DiffusionConfiguration), 40)]
    [InlineData("[flow]", typeof(FlowConfiguration), 1000)]
    [InlineData("[flow]\nstep_count = 40", typeof(FlowConfiguration), 40)]
    public void Parse_the_table_tells_the_process(string text, Type process, int levels)
    {
        Recipe recipe = RecipeFile.Parse(text, Source);
        Assert.IsType(process, recipe.Process);
        Assert.Equal(levels, recipe.Process.StepCount);
        Assert.Equal(recipe, RecipeFile.Parse(RecipeFile.Format(recipe), Source));
    }

    [Theory]
    [InlineData("[diffusion]\n[flow]", "has [diffusion] and [flow]; expected one")]
    [InlineData("[flow]\nlattice_spread = 0", "flow.lattice_spread is 0; expected a number above 0")]
    [InlineData("[flow]\nvolume_per_point = -2", "flow.volume_per_point is -2")]
    [InlineData("[flow]\nstep_count = 0", "flow.step_count is 0")]
    [InlineData("[diffusion]\nstep_count = 0", "diffusion.step_count is 0")]
    [InlineData("[network]\nhas_energy_head = true\n[energy]\n[flow]", "[flow] stands beside [energy]")]
    public void Parse_processes_that_cannot_be_are_refused_by_name(string text, string expected) =>
        Assert.Contains(expected, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void Parse_two_tasks_are_refused_by_name() =>
        Assert.Contains(
            "has [energy] and [property]; expected one",
            Refusal("[network]\nhas_energy_head = true\n[energy]\n[property]\nlabel = \"tc\""),
            StringComparison.Ordinal
        );

    [Fact]
    public void Task_is_what_was_set_last_and_goes_only_with_what_took_its_place()
    {
        Recipe property = TestRuns.PredictorRecipe with { Property = new PropertySettings(), Energy = null };
        Assert.Equal(new LearnProperty(new PropertySettings()), property.Task);
        Assert.Equal(new LearnToGenerate(), (property with { Property = null }).Task);
        Assert.Equal(new LearnToGenerate(), (TestRuns.PredictorRecipe with { Energy = null }).Task);
    }

    [Theory]
    [InlineData("sede = 1", "sede")]
    [InlineData("[optimizer]\nlearningrate = 1e-3", "optimizer.learningrate")]
    [InlineData("[optimiser]\nlearning_rate = 1e-3", "optimiser")]
    [InlineData("[[sources]]\nlicence = \"MIT\"", "sources.licence")]
    public void Parse_unknown_key_is_refused_by_name(string text, string key)
    {
        string message = Refusal(text);
        Assert.Contains($"unknown key '{key}'", message, StringComparison.Ordinal);
        Assert.Contains("expected one of", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[run]\nsteps = \"many\"", "steps")]
    [InlineData("[run]\nsteps = 1.5", "steps")]
    [InlineData("[run]\nsteps = 99999999999", "steps")]
    [InlineData("[run]\nprecision = \"Half\"", "precision")]
    [InlineData("[batches]\nshift_origin = 1", "shift_origin")]
    [InlineData("[optimizer]\nlearning_rate = true", "learning_rate")]
    [InlineData("seed = []", "seed")]
    [InlineData("network = 3", "network")]
    public void Parse_value_of_another_type_is_refused_by_name(string text, string key) =>
        Assert.Contains(key, Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("run.steps", "0")]
    [InlineData("run.validation_crystals", "0")]
    [InlineData("run.validate_every", "-1")]
    [InlineData("run.checkpoint_minutes", "-0.5")]
    [InlineData("run.workers", "-1")]
    [InlineData("run.validation_share", "1.0")]
    [InlineData("run.validation_share", "nan")]
    [InlineData("optimizer.learning_rate", "0.0")]
    [InlineData("optimizer.learning_rate", "nan")]
    [InlineData("optimizer.final_learning_rate", "-1e-3")]
    [InlineData("optimizer.warm_up_steps", "-1")]
    [InlineData("optimizer.clip_value", "-1.0")]
    [InlineData("optimizer.clip_norm", "-1.0")]
    [InlineData("optimizer.muon_factor", "-1.0")]
    [InlineData("optimizer.average_decay", "1.0")]
    [InlineData("batches.atoms", "0")]
    [InlineData("batches.crystals", "-3")]
    [InlineData("diffusion.step_count", "0")]
    [InlineData("energy.weight", "0.0")]
    [InlineData("energy.clean_share", "1.5")]
    [InlineData("energy.displaced_share", "-0.5")]
    [InlineData("energy.displaced_share", "1.5")]
    [InlineData("property.folds", "1")]
    [InlineData("property.folds", "101")]
    [InlineData("property.calibration_share", "1.0")]
    [InlineData("property.trainable_blocks", "-1")]
    [InlineData("property.above", "nan")]
    public void Parse_value_out_of_range_is_refused_by_key_value_and_expectation(string key, string value)
    {
        string[] parts = key.Split('.');
        string message = Refusal($"[network]\nhas_energy_head = true\n[{parts[0]}]\n{parts[1]} = {value}");
        Assert.Contains($"{key} is ", message, StringComparison.Ordinal);
        Assert.Contains("expected", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_shares_of_clean_and_displaced_crystals_above_1_together_are_refused() =>
        Assert.Contains(
            "energy.displaced_share is 0.6; expected a share from 0 to 1, with clean_share at most 1",
            Refusal("[network]\nhas_energy_head = true\n[energy]\nclean_share = 0.5\ndisplaced_share = 0.6"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Parse_edge_features_that_contradict_the_frequencies_are_refused() =>
        Assert.Contains(
            "network.edge_feature_count is 9; expected 777",
            Refusal("[network]\nedge_feature_count = 9"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Parse_impossible_network_is_refused_by_its_own_rule() =>
        Assert.Contains(
            "expected a multiple of the 7 heads",
            Refusal("[network]\nhead_count = 7"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Parse_weight_decay_beside_Muon_is_refused() =>
        Assert.Contains(
            "optimizer.weight_decay is 0.01; expected 0 beside muon_factor",
            Refusal("[optimizer]\nmuon_factor = 3.0\nweight_decay = 0.01"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Parse_energies_without_a_head_for_them_are_refused() =>
        Assert.Contains("has_energy_head is false", Refusal("[energy]\nlabel = \"e_hull\""), StringComparison.Ordinal);

    [Theory]
    [InlineData("seed = ")]
    [InlineData("[run\nsteps = 3")]
    [InlineData("seed = 1\nseed = 2")]
    [InlineData("\0\u0001\u0002")]
    [InlineData("name = \"open")]
    public void Parse_broken_TOML_is_refused_in_the_name_of_the_file(string text) => Refusal(text);

    [Fact]
    public void Read_missing_file_is_refused_in_its_name()
    {
        using TemporaryFolder folder = new();
        RecipeException exception = Assert.Throws<RecipeException>(() => RecipeFile.Read(folder[Source]));
        Assert.StartsWith(folder[Source], exception.Message, StringComparison.Ordinal);
    }

    private static string Refusal(string text)
    {
        string message = Assert.Throws<RecipeException>(() => RecipeFile.Parse(text, Source)).Message;
        Assert.StartsWith($"{Source}: ", message, StringComparison.Ordinal);
        return message;
    }
}
