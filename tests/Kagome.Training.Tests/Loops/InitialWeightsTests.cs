using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using Kagome.Training.Data;
using Kagome.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Loops;

public sealed class InitialWeightsTests : IDisposable
{
    private const double Float32Tolerance = 1e-5;

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void Run_from_a_predictor_of_other_labels_begins_with_its_energies()
    {
        using Checkpoint model = Model(TestRuns.PredictorRecipe, TestCrystals.Labelled);
        TrainingSet others = TestCrystals.LabelledSet(
            TestCrystals.All.Select((record, at) => TestCrystals.WithEnergy(record, 3 + at))
        );
        using TrainingRun run = TestRuns.Create(TestRuns.PredictorRecipe, others, initial: model);
        using Crysformer before = model.CreateNetwork();
        Assert.NotEqual(model.LabelScaler, run.LabelScaler);
        TensorAssert.AreNear(
            Energies(before, model.LabelScaler!),
            Energies(run.Network, run.LabelScaler!),
            Float32Tolerance,
            "energies"
        );
        Assert.Equal($"test, sha256 {model.Checksum}", run.InitialModel);
    }

    [Fact]
    public void Run_of_a_predictor_from_a_generator_starts_only_the_head_at_random()
    {
        using Checkpoint model = Model(TestRuns.Recipe, TestCrystals.Set(TestCrystals.All));
        Assert.True(InitialWeights.LacksEnergyHead(TestRuns.PredictorRecipe, model));
        using TrainingRun run = TestRuns.Create(TestRuns.PredictorRecipe, TestCrystals.Labelled, initial: model);
        foreach ((string name, Tensor weight) in run.Network.state_dict())
        {
            Assert.Equal(
                !name.StartsWith("energy_head", StringComparison.Ordinal),
                model.Weights.TryGetValue(name, out Tensor? source) && source.eq(weight).all().item<bool>()
            );
        }
    }

    /// <summary>A flow may start from what diffusion has learned; a schedule of other levels is a mistake.</summary>
    [Fact]
    public void Problem_process_of_another_kind_is_none_and_of_other_numbers_is_one()
    {
        using Checkpoint model = Model(TestRuns.Recipe, TestCrystals.Set(TestCrystals.All));
        Assert.Null(InitialWeights.Problem(TestRuns.Recipe with { Flow = new FlowConfiguration() }, model));
        Recipe other = TestRuns.Recipe with { Diffusion = new DiffusionConfiguration { StepCount = 51 } };
        Assert.Contains("StepCount = 51", InitialWeights.Problem(other, model), StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_network_of_another_shape_names_both()
    {
        using Checkpoint model = Model(TestRuns.Recipe, TestCrystals.Set(TestCrystals.All));
        Recipe wide = TestRuns.Recipe with { Network = TestRuns.Recipe.Network with { HiddenDimension = 32 } };
        string problem = InitialWeights.Problem(wide, model)!;
        Assert.Contains("HiddenDimension = 16", problem, StringComparison.Ordinal);
        Assert.Contains("HiddenDimension = 32", problem, StringComparison.Ordinal);
        Assert.Null(InitialWeights.Problem(TestRuns.PredictorRecipe, model));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    /// <summary>Trained for a few steps, so that its head is no longer what the seed gives.</summary>
    private Checkpoint Model(Recipe recipe, TrainingSet crystals)
    {
        using TrainingRun run = TestRuns.Create(recipe, crystals);
        run.Take(3);
        new ModelExport(crystals, TimeProvider.System, commit: null).Write(run, folder["model.safetensors"]);
        return CheckpointFile.Load(folder["model.safetensors"]);
    }

    private static Tensor Energies(Crysformer network, LabelScaler scaler)
    {
        TrainingBatch batch = TestCrystals.Labelled.Batch(new BatchIndices([0, 1, 2]));
        Tensor energies = network.Evaluate(batch.Clean()).Energies!;
        return (energies * scaler.StandardDeviation) + scaler.Mean;
    }
}
