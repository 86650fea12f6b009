using Kagome.Processes.Flow;
using Kagome.Testing;
using Kagome.Training.Data;
using Kagome.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Loops;

public sealed class TrainingRunTests
{
    /// <summary>Predicting 0 for all noise has a loss of 1 for the lattice and 1 for the coordinates.</summary>
    private const double LossOfPredictingNothing = 2;
    private const double FlowLossOfPredictingNothing = 1.25; // of these crystals: a velocity is 1 in its units over all of MP-20 only

    private const int CopiesOfEach = 32; // in one batch, each with noise of its own

    private const double LargestShareLeft = 0.85;
    private const int OverfitSteps = 60;
    private const int LeakCheckSteps = 30;

    private static readonly Recipe Absurd = TestRuns.Recipe with
    {
        Optimizer = new OptimizerSettings
        {
            LearningRate = 1e30,
            FinalLearningRate = 1e30,
            WarmUpSteps = 0,
        },
    };

    [Fact]
    public void Step_same_recipe_and_data_gives_the_same_losses_and_weights()
    {
        using TrainingRun first = TestRuns.Create();
        using TrainingRun second = TestRuns.Create();
        Assert.Equal(first.Take(4), second.Take(4));
        TensorAssert.AreIdentical(first.SaveState(), second.SaveState());
    }

    [Fact]
    public void Step_another_seed_gives_other_losses()
    {
        using TrainingRun first = TestRuns.Create();
        using TrainingRun second = TestRuns.Create(TestRuns.Recipe with { Seed = 8 });
        Assert.Empty(first.Take(4).Intersect(second.Take(4)));
    }

    [Fact]
    public void Step_tells_where_the_run_is()
    {
        using TrainingRun run = TestRuns.Create();
        run.Take(2);
        TrainingStep step = run.Step();
        Assert.Equal(3, step.Step);
        Assert.Equal(12, step.StepCount);
        Assert.Equal(1.5, step.Epoch); // of four crystals, two in a batch
        Assert.Equal(step.LatticeLoss + step.CoordinateLoss, step.Loss);
        Assert.Equal(2, step.CrystalCount);
        Assert.True(run.TimeTrained > TimeSpan.Zero);
        Assert.False(run.IsDone);
        run.Take(9);
        Assert.True(run.IsDone);
    }

    [Theory]
    [InlineData(false, LossOfPredictingNothing)]
    [InlineData(true, FlowLossOfPredictingNothing)]
    public void Step_sixty_times_on_four_crystals_learns_them(bool isFlow, double lossOfPredictingNothing)
    {
        Recipe recipe = TestRuns.Recipe with
        {
            Flow = isFlow ? new FlowConfiguration() : null,
            Run = TestRuns.Recipe.Run with { Steps = OverfitSteps },
            Optimizer = TestRuns.Recipe.Optimizer with { AverageDecay = 0.5, LearningRate = 3e-2 },
            Batches = new BatchSettings { Atoms = 1000, Crystals = 1000 },
        };
        TrainingSet crystals = TestCrystals.Set(Enumerable.Range(0, CopiesOfEach).SelectMany(_ => TestCrystals.All));
        using TrainingRun run = TestRuns.Create(recipe, crystals, validation: crystals);
        double before = run.Validate()!.Value.Total;
        run.Take(OverfitSteps);
        double after = run.Validate()!.Value.Total;
        Assert.True(before > lossOfPredictingNothing, $"The loss began at {before}.");
        Assert.True(after < LargestShareLeft * lossOfPredictingNothing, $"The loss went from {before} to {after}.");
    }

    [Fact]
    public void Step_with_an_absurd_learning_rate_names_the_crystals_and_keeps_the_weights()
    {
        using DisposeScope scope = NewDisposeScope();
        using TrainingRun run = TestRuns.Create(Absurd);
        Dictionary<string, Tensor> before = [];
        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() =>
        {
            while (!run.IsDone)
            {
                before = run.SaveState().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
                run.Step();
            }
        });
        Assert.Equal(run.StepsTaken + 1, exception.Step);
        Assert.NotEmpty(exception.Ids);
        Assert.All(exception.Ids, id => Assert.Contains(id, exception.Message, StringComparison.Ordinal));
        Assert.Subset(TestCrystals.All.Select(record => record.Id).ToHashSet(), exception.Ids.ToHashSet());
        TensorAssert.AreIdentical(before, run.SaveState());
        Assert.All(run.SaveState(), pair => TensorAssert.IsFinite(pair.Value, pair.Key));
    }

    [Fact]
    public void Validate_twice_gives_the_same_and_leaves_the_weights_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using TrainingRun run = TestRuns.Create(validation: TestCrystals.Set(TestCrystals.All));
        run.Take(2);
        Dictionary<string, Tensor> before = run.SaveState().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        ValidationLosses first = run.Validate()!.Value;
        Assert.Equal(first, run.Validate()!.Value);
        Assert.Equal(4, first.CrystalCount);
        TensorAssert.AreIdentical(before, run.SaveState());
    }

    [Fact]
    public void Validate_without_crystals_gives_nothing()
    {
        using TrainingRun run = TestRuns.Create(validation: TestCrystals.Set());
        Assert.Null(run.Validate());
    }

    [Fact]
    public void Validate_between_steps_does_not_change_what_is_learned()
    {
        using TrainingRun plain = TestRuns.Create();
        using TrainingRun validated = TestRuns.Create(validation: TestCrystals.Set(TestCrystals.All));
        double[] losses = plain.Take(4);
        double[] others =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(_ =>
                {
                    validated.Validate();
                    return validated.Step().Loss;
                }),
        ];
        Assert.Equal(losses, others);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_leave_no_tensors(bool isFlow)
    {
        Recipe recipe = TestRuns.Recipe with
        {
            Flow = isFlow ? new FlowConfiguration() : null,
            Run = TestRuns.Recipe.Run with { Steps = 100 },
        };
        using TrainingRun run = TestRuns.Create(recipe, validation: TestCrystals.Set(TestCrystals.All));
        void TakeAndValidate(int steps)
        {
            run.Take(steps);
            run.Validate();
            foreach (Tensor weights in run.AveragedWeights().Values)
            {
                weights.Dispose();
            }
        }

        TakeAndValidate(3); // gradients and moments now exist
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        TakeAndValidate(LeakCheckSteps);
        Assert.Equal(before, Tensor.TotalCount);
    }
}
