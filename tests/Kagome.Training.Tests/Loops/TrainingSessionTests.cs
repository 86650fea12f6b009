using Kagome.Testing;
using Kagome.Training.Recipes;

namespace Kagome.Training.Tests.Loops;

public sealed class TrainingSessionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    private string StatePath => Path.Combine(folder["run"], TrainingSession.StateFileName);

    [Fact]
    public void Train_to_the_end_leaves_state_and_recipe_and_tells_of_it()
    {
        RecordingObserver observer = new();
        using TrainingRun run = TestRuns.Create(
            TestRuns.Recipe with
            {
                Run = TestRuns.Recipe.Run with { ValidateEvery = 5 },
            },
            validation: TestCrystals.Set(TestCrystals.All)
        );
        Assert.True(Session(run, observer).Train(TestCancellation));
        Assert.Equal(Enumerable.Range(1, 12), observer.Steps.Select(step => step.Step));
        Assert.Equal([5, 10, 12], observer.Validations.Select(validation => validation.Step));
        Assert.Equal([12], observer.Saves);
        Assert.True(File.Exists(StatePath));
        Assert.Equal(run.Recipe, RecipeFile.Read(Path.Combine(folder["run"], TrainingSession.RecipeFileName)));
    }

    [Fact]
    public void Train_with_no_minutes_between_checkpoints_saves_after_every_step()
    {
        RecordingObserver observer = new();
        using TrainingRun run = TestRuns.Create(SavingEveryStep(TestRuns.Recipe));
        Session(run, observer).Train(TestCancellation);
        Assert.Equal(Enumerable.Range(1, 12), observer.Saves);
    }

    [Fact]
    public void Train_cancelled_saves_a_state_that_resumes_exactly()
    {
        using TrainingRun whole = TestRuns.Create();
        double[] losses = whole.Take(12);

        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestCancellation);
        RecordingObserver before = new(step =>
        {
            if (step.Step == 5)
            {
                cancellation.Cancel();
            }
        });
        using TrainingRun stopped = TestRuns.Create();
        Assert.False(Session(stopped, before).Train(cancellation.Token));
        Assert.Equal([5], before.Saves);

        RecordingObserver after = new();
        using TrainingRun resumed = TestRuns.Create();
        TrainingSession session = Session(resumed, after);
        Assert.True(session.Resume());
        Assert.Equal(5, resumed.StepsTaken);
        Assert.True(session.Train(TestCancellation));
        Assert.Equal(losses, before.Steps.Concat(after.Steps).Select(step => step.Loss));
        TensorAssert.AreIdentical(whole.SaveState(), resumed.SaveState());
    }

    [Fact]
    public void Train_that_diverges_leaves_the_last_state_as_it_was()
    {
        byte[] saved = [];
        RecordingObserver observer = new(onSaved: _ => saved = File.ReadAllBytes(StatePath));
        using TrainingRun run = TestRuns.Create(
            SavingEveryStep(TestRuns.Recipe) with
            {
                Optimizer = new OptimizerSettings
                {
                    LearningRate = 1e30,
                    FinalLearningRate = 1e30,
                    WarmUpSteps = 0,
                },
            }
        );
        Assert.Throws<TrainingDivergedException>(() => Session(run, observer).Train(TestCancellation));
        Assert.NotEmpty(saved);
        Assert.Equal(saved, File.ReadAllBytes(StatePath));
    }

    [Fact]
    public void Resume_in_an_empty_folder_finds_nothing()
    {
        using TrainingRun run = TestRuns.Create();
        Assert.False(Session(run, new RecordingObserver()).Resume());
    }

    [Fact]
    public void Train_resumed_at_its_end_takes_no_step()
    {
        using TrainingRun run = TestRuns.Create();
        Session(run, new RecordingObserver()).Train(TestCancellation);
        RecordingObserver observer = new();
        using TrainingRun again = TestRuns.Create();
        TrainingSession session = Session(again, observer);
        session.Resume();
        Assert.True(session.Train(TestCancellation));
        Assert.Empty(observer.Steps);
    }

    public void Dispose() => folder.Dispose();

    private static Recipe SavingEveryStep(Recipe recipe) =>
        recipe with
        {
            Run = recipe.Run with { CheckpointMinutes = 0 },
        };

    private TrainingSession Session(TrainingRun run, RecordingObserver observer) =>
        new(run, folder["run"], export: _ => { }, [observer], TimeProvider.System);
}
