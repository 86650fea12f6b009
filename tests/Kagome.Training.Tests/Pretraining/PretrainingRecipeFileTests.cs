using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;

namespace Kagome.Training.Tests.Pretraining;

public sealed class PretrainingRecipeFileTests
{
    private const string Source = "mine.toml";

    private static string RecipeFolder => Path.Combine(Repository.Root, "recipes");

    [Theory]
    [InlineData("tiny-two-stage")]
    [InlineData("kagome-g")]
    [InlineData("ablation-one-stage")]
    [InlineData("ablation-two-stage")]
    public void Read_shipped_recipe_is_named_like_its_file(string name) =>
        Assert.Equal(name, PretrainingRecipeFile.Read(Path.Combine(RecipeFolder, $"{name}.toml")).Name);

    [Fact]
    public void Read_paths_are_from_the_recipes_folder()
    {
        PretrainingRecipe recipe = PretrainingRecipeFile.Read(Path.Combine(RecipeFolder, "tiny-two-stage.toml"));
        Assert.Equal([Path.Combine(RecipeFolder, "prototypes.jsonl.gz")], recipe.Data);
        Assert.True(File.Exists(recipe.Data[0]));
    }

    [Fact]
    public void Parse_empty_text_has_the_papers_bounds()
    {
        PretrainingRecipe recipe = PretrainingRecipeFile.Parse("", Source);
        Assert.Equal(
            (3, 30, 1.0),
            (
                recipe.Crystals.SmallestAtomCount,
                recipe.Crystals.LargestAtomCount,
                recipe.Crystals.LargestEnergyAboveHull
            )
        );
        Assert.False(recipe.Relaxation.Relaxes(0.08));
        Assert.True(recipe.Relaxation.Relaxes(0.5));
        Assert.False(recipe.Relaxation.Relaxes(0.51));
    }

    [Fact]
    public void Parse_stages_share_network_and_process_and_keep_their_own_steps()
    {
        PretrainingRecipe recipe = PretrainingRecipeFile.Parse(
            "name = \"x\"\n[network]\nblock_count = 3\n[stage_one]\nsteps = 5\n[predictor]\nsteps = 6\n[stage_two]\nsteps = 7\n[stage_two.optimizer]\nlearning_rate = 1e-5",
            Source
        );
        Recipe[] stages = [recipe.StageOneRecipe, recipe.PredictorRecipe, recipe.StageTwoRecipe];
        Assert.All(stages, stage => Assert.Equal(3, stage.Network.BlockCount));
        Assert.Equal([5, 6, 7], stages.Select(stage => stage.Run.Steps));
        Assert.Equal([null, new EnergySettings(), null], stages.Select(stage => stage.Energy));
        Assert.Equal(1e-5, recipe.StageTwoRecipe.Optimizer.LearningRate);
        Assert.Equal("x", recipe.StageTwoRecipe.Name);
        Assert.Null(recipe.FineTuningRecipe);
    }

    /// <summary>A flow is DAO-G's; DAO-P learns from the noise of diffusion.</summary>
    [Fact]
    public void Parse_flow_is_that_of_the_generators_stages()
    {
        PretrainingRecipe recipe = PretrainingRecipeFile.Parse(
            "[diffusion]\nstep_count = 70\n[flow]\nstep_count = 50\n[fine_tuning]\nsteps = 3",
            Source
        );
        FlowConfiguration flow = new() { StepCount = 50 };
        Assert.Equal(flow, recipe.StageOneRecipe.Process);
        Assert.Equal(flow, recipe.StageTwoRecipe.Process);
        Assert.Equal(flow, recipe.FineTuningRecipe!.Process);
        Assert.Equal(new DiffusionConfiguration { StepCount = 70 }, recipe.PredictorRecipe.Process);
        Assert.Equal(
            70,
            PretrainingRecipeFile.Parse("[diffusion]\nstep_count = 70", Source).StageOneRecipe.Process.StepCount
        );
    }

    [Fact]
    public void Parse_recipe_of_one_model_says_which_command_takes_it()
    {
        RecipeException problem = Assert.Throws<RecipeException>(() =>
            PretrainingRecipeFile.Parse("[optimizer]\nlearning_rate = 1e-3", Source)
        );
        Assert.Contains("kagome train", problem.Message, StringComparison.Ordinal);
        problem = Assert.Throws<RecipeException>(() => RecipeFile.Parse("[stage_one]\nsteps = 5", Source));
        Assert.Contains("kagome pretrain", problem.Message, StringComparison.Ordinal);
    }
}
