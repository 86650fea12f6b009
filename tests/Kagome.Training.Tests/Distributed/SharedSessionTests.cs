using Kagome.Formats;
using Kagome.Models;
using Kagome.Testing;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;

namespace Kagome.Training.Tests.Distributed;

/// <summary>Whole trainings of several processes: who writes, when all stop, and how they go on.</summary>
public sealed class SharedSessionTests : IDisposable
{
    private const int Steps = 6;

    private static readonly ModelCatalog Models = new(Path.Combine(Repository.Root, "models"));
    private static readonly RecipeCatalog Recipes = new(Path.Combine(Repository.Root, "recipes"));

    private readonly TemporaryFolder folder = new();
    private readonly string data;

    public SharedSessionTests()
    {
        data = folder["data.jsonl"];
        DataSet.Write(data, [.. Enumerable.Range(0, 3).SelectMany(_ => TestCrystals.All)]);
    }

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    /// <summary>A recipe that leaves the parts open takes the saved ones: the noise stays.</summary>
    [Fact]
    public void Train_stopped_and_resumed_by_other_numbers_of_processes_gives_the_weights_of_one()
    {
        TrainingOutcome whole = TrainAlone("whole", Options("whole", workers: 4));
        Assert.All(
            ThreadedProcesses.Run(3, group => Train(group, Options("cut", workers: 4), stopAfter: 2)),
            outcome => Assert.Equal((false, 3), (outcome.IsDone, outcome.StepsTaken))
        );
        TrainingOptions open = Options("cut", workers: 0) with { Resume = true };
        Assert.All(
            ThreadedProcesses.Run(2, group => Train(group, open, stopAfter: 4)),
            outcome => Assert.Equal((false, 5), (outcome.IsDone, outcome.StepsTaken))
        );
        TrainingOutcome rest = TrainAlone("cut", open);
        Assert.True(rest.IsDone);
        AssertNear(whole.ModelPath, rest.ModelPath);
    }

    [Fact]
    public void Train_stopped_in_one_process_stops_all_after_the_same_step_and_saves_once()
    {
        using CancellationTokenSource stopping = new();
        (TrainingOutcome Outcome, int[] Saves)[] ends = ThreadedProcesses.Run(
            3,
            group =>
            {
                RecordingObserver observer = new(step =>
                {
                    if (group.Rank == 2 && step.Step == 2)
                    {
                        stopping.Cancel();
                    }
                });
                CancellationToken token = group.Rank == 2 ? stopping.Token : TestCancellation;
                TrainingOutcome outcome = new ModelTrainer(Models, Recipes, group)
                    .TrainAsync(Options("run", workers: 3), observer, token)
                    .GetAwaiter()
                    .GetResult();
                return (outcome, observer.Saves.ToArray());
            }
        );
        Assert.All(ends, end => Assert.Equal((false, 3), (end.Outcome.IsDone, end.Outcome.StepsTaken)));
        Assert.Equal([3], ends[0].Saves);
        Assert.All(ends[1..], end => Assert.Empty(end.Saves));
    }

    [Fact]
    public void Train_with_no_minutes_between_checkpoints_saves_by_the_first_after_every_step()
    {
        int[][] saves = ThreadedProcesses.Run(
            2,
            group =>
            {
                RecordingObserver observer = new();
                Train(group, Options("run", workers: 2, minutes: 0), observer: observer);
                return observer.Saves.ToArray();
            }
        );
        Assert.Equal(Enumerable.Range(1, Steps), saves[0]);
        Assert.Empty(saves[1]);
    }

    [Fact]
    public void Train_says_how_batches_are_shared()
    {
        TrainingEvent[][] events = ThreadedProcesses.Run(
            2,
            group =>
            {
                RecordingObserver observer = new();
                Train(group, Options("run", workers: 6), observer: observer);
                return observer.All.ToArray();
            }
        );
        TrainingShared shared = Assert.Single(events[0].OfType<TrainingShared>());
        Assert.Equal((2, 6), (shared.ProcessCount, shared.PartCount));
    }

    [Fact]
    public void Train_on_other_data_in_one_process_is_refused_by_its_rank()
    {
        string other = folder["other.jsonl"];
        DataSet.Write(other, [.. TestCrystals.All]);
        string[] messages = ThreadedProcesses.Run(
            3,
            group =>
            {
                TrainingOptions options = Options("run", workers: 3);
                options = group.Rank == 1 ? options with { DataPaths = [other] } : options;
                return Assert.Throws<ProcessGroupException>(() => Train(group, options)).Message;
            }
        );
        Assert.All(
            messages,
            message => Assert.StartsWith("The data of rank 1 and of rank 0 differ", message, StringComparison.Ordinal)
        );
        Assert.False(File.Exists(folder["run/state.safetensors"]));
    }

    [Fact]
    public void Train_with_other_steps_in_one_process_is_refused_by_its_rank()
    {
        string[] messages = ThreadedProcesses.Run(
            2,
            group =>
            {
                TrainingOptions options = Options("run", workers: 2) with { Steps = Steps + group.Rank };
                return Assert.Throws<ProcessGroupException>(() => Train(group, options)).Message;
            }
        );
        Assert.All(
            messages,
            message => Assert.StartsWith("The recipe of rank 1 and of rank 0 differ", message, StringComparison.Ordinal)
        );
    }

    public void Dispose() => folder.Dispose();

    private static TrainingOutcome Train(
        IProcessGroup group,
        TrainingOptions options,
        int? stopAfter = null,
        RecordingObserver? observer = null
    )
    {
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(TestCancellation);
        observer ??= new RecordingObserver(step =>
        {
            if (step.Step == stopAfter && group.IsFirst())
            {
                stopping.Cancel();
            }
        });
        return new ModelTrainer(Models, Recipes, group)
            .TrainAsync(options, observer, stopping.Token)
            .GetAwaiter()
            .GetResult();
    }

    private TrainingOutcome TrainAlone(string run, TrainingOptions options) =>
        Train(SingleProcess.Group, options with { OutputFolder = folder[run] });

    private TrainingOptions Options(string run, int workers, double minutes = 1000)
    {
        Recipe recipe = TestRuns.Recipe with
        {
            Batches = new BatchSettings { Atoms = 1000, Crystals = 1000 },
            Run = TestRuns.Recipe.Run with
            {
                Workers = workers,
                Steps = Steps,
                ValidationShare = 0,
                CheckpointMinutes = minutes,
            },
        };
        string path = folder[$"workers-{workers}-{minutes}.toml"];
        lock (Recipes)
        {
            if (!File.Exists(path)) // others read it already
            {
                File.WriteAllText(path, RecipeFile.Format(recipe));
            }
        }

        return new TrainingOptions
        {
            Recipe = path,
            DataPaths = [data],
            OutputFolder = folder[run],
        };
    }

    private static void AssertNear(string expectedPath, string actualPath)
    {
        using SafetensorsFile expected = SafetensorsFile.Read(expectedPath);
        using SafetensorsFile actual = SafetensorsFile.Read(actualPath);
        Assert.All(
            expected.Tensors,
            pair =>
                TensorAssert.AreNear(pair.Value, actual.Tensors[pair.Key], SharedStepTests.WeightTolerance, pair.Key)
        );
    }
}
