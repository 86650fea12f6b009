using Kagome.Models;
using Kagome.Testing;
using Kagome.Training.Data;
using Kagome.Training.Recipes;

namespace Kagome.Training.Tests.Loops;

/// <summary>A predictor is trained by the same loop as a generator.</summary>
public sealed class PredictorTrainingTests : IDisposable
{
    private const int StepCount = 12;
    private const int StopAt = 5;
    private const int OverfitSteps = 80;
    private const int CopiesOfEach = 32; // in one batch, half of them clean

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Load_goes_on_exactly_as_if_the_run_had_never_stopped()
    {
        using TrainingRun whole = Create();
        double[] losses = whole.Take(StepCount);

        using TrainingRun stopped = Create();
        double[] before = stopped.Take(StopAt);
        TrainingStateFile.Save(folder["state.safetensors"], stopped);
        using TrainingRun resumed = Create();
        TrainingStateFile.Load(folder["state.safetensors"], resumed);
        double[] after = resumed.Take(StepCount - StopAt);

        Assert.Equal(losses, before.Concat(after));
        TensorAssert.AreIdentical(whole.SaveState(), resumed.SaveState());
    }

    [Fact]
    public void Load_state_of_other_labels_says_so()
    {
        using TrainingRun run = Create();
        run.Take(1);
        TrainingStateFile.Save(folder["state.safetensors"], run);
        using TrainingRun other = TestRuns.Create(
            TestRuns.PredictorRecipe,
            TestCrystals.LabelledSet(TestCrystals.All.Select(record => TestCrystals.WithEnergy(record, 0.5)))
        );
        string message = Assert
            .Throws<TrainingStateException>(() => TrainingStateFile.Load(folder["state.safetensors"], other))
            .Message;
        Assert.Contains("another data", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_tells_the_energy_loss()
    {
        using TrainingRun run = Create();
        TrainingStep[] steps = [.. Enumerable.Range(0, StepCount).Select(_ => run.Step())];
        Assert.Contains(steps, step => step.EnergyLoss > 0);
        Assert.All(
            steps,
            step => Assert.Equal(step.LatticeLoss + step.CoordinateLoss + (step.EnergyLoss ?? 0), step.Loss)
        );
    }

    [Fact]
    public void Step_eighty_times_on_four_crystals_learns_their_energies()
    {
        Recipe recipe = TestRuns.PredictorRecipe with
        {
            Run = TestRuns.Recipe.Run with { Steps = OverfitSteps },
            Optimizer = TestRuns.Recipe.Optimizer with { AverageDecay = 0.5, LearningRate = 3e-2 },
            Batches = new BatchSettings { Atoms = 1000, Crystals = 1000 },
        };
        TrainingSet crystals = TestCrystals.LabelledSet(
            Enumerable
                .Range(0, CopiesOfEach)
                .SelectMany(_ =>
                    TestCrystals.All.Take(3).Select((record, at) => TestCrystals.WithEnergy(record, 0.2 * at))
                )
        );
        using TrainingRun run = TestRuns.Create(recipe, crystals, TestCrystals.Labelled);
        run.Take(OverfitSteps);
        ValidationLosses after = run.Validate()!.Value;
        Assert.Equal(3, after.LabelledCount);
        Assert.InRange(after.EnergyError!.Value, 0, 0.05); // the labels are 0.2 eV/atom apart
        Assert.NotNull(after.Energy);
    }

    [Fact]
    public void TrainingRun_without_any_label_is_refused() =>
        Assert.Contains(
            "no label",
            Assert
                .Throws<ArgumentException>(() =>
                    TestRuns.Create(TestRuns.PredictorRecipe, TestCrystals.LabelledSet(TestCrystals.All))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Export_is_a_predictor_with_the_scale_of_its_labels()
    {
        using TrainingRun run = Create();
        run.Take(1);
        new ModelExport(TestCrystals.Labelled, TimeProvider.System, commit: null).Write(run, folder["p.safetensors"]);
        using Checkpoint checkpoint = CheckpointFile.Load(folder["p.safetensors"]);
        Assert.Equal(ModelKind.Predictor, checkpoint.Provenance.Kind);
        Assert.Equal(run.LabelScaler, checkpoint.LabelScaler);
        Assert.Equal("energy above hull", checkpoint.LabelScaler!.LabelName);
        Assert.Equal(0.2, checkpoint.LabelScaler.Mean, 1e-6);
        Assert.True(checkpoint.Network.HasEnergyHead);
    }

    public void Dispose() => folder.Dispose();

    private static TrainingRun Create() => TestRuns.Create(TestRuns.PredictorRecipe, TestCrystals.Labelled);
}
