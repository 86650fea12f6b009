using Kagome.Formats;
using Kagome.Models;
using Kagome.Testing;
using Kagome.Training.Distributed;

namespace Kagome.Training.Tests.Distributed;

/// <summary>A pretraining whose batches and shards several processes share.</summary>
public sealed class SharedPretrainingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SharedPretrainingTests()
    {
        string recipe = PretrainerTests
            .Recipe.Replace("workers = 1", "workers = 3", StringComparison.Ordinal)
            .Replace("shard_size = 4", "shard_size = 1", StringComparison.Ordinal); // the two to relax are of either process
        File.WriteAllText(folder["small.toml"], recipe);
        DataSet.Write(folder["data.jsonl"], PretrainerTests.Series(12));
    }

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Pretrain_by_two_processes_gives_the_models_and_shards_of_one()
    {
        PretrainingOutcome expected = Pretrain(SingleProcess.Group, "one", new RecordingObserver());
        RecordingObserver[] heard = [new(), new()];
        PretrainingOutcome[] outcomes = ThreadedProcesses.Run(2, group => Pretrain(group, "two", heard[group.Rank]));
        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone));
        Assert.Equal(outcomes[0].Reports.Select(JsonText.Format), outcomes[1].Reports.Select(JsonText.Format));
        Assert.Equal(
            expected.Reports.Select(report => report.Stage),
            outcomes[0].Reports.Select(report => report.Stage)
        );
        AssertNear("one/fine-tuning/model.safetensors", "two/fine-tuning/model.safetensors");
        Assert.Equal(Shards("one").Select(Path.GetFileName), Shards("two").Select(Path.GetFileName));
        Assert.Equal(12, Shards("two").Length);
        Assert.All(heard, observer => Assert.Contains(observer.All, value => value is StageProgressed));

        RecordingObserver[] again = [new(), new()];
        ThreadedProcesses.Run(2, group => Pretrain(group, "two", again[group.Rank]));
        Assert.All(
            again,
            observer => Assert.Equal(outcomes[0].Reports.Count, observer.All.OfType<StageSkipped>().Count())
        );
    }

    [Theory]
    [InlineData("data")]
    [InlineData("stage-one")]
    [InlineData("relaxation")]
    public void Pretrain_stopped_in_one_process_stops_all_and_goes_on(string stage)
    {
        using CancellationTokenSource stopping = new();
        PretrainingOutcome[] stopped = ThreadedProcesses.Run(
            2,
            group =>
            {
                bool isStopped = group.Rank == (stage == "data" ? 0 : 1); // the first reads alone
                StopAt observer = new(stage, isStopped ? stopping : new CancellationTokenSource());
                return new Pretrainer(Models, processes: group)
                    .PretrainAsync(Options("out"), observer, isStopped ? stopping.Token : TestCancellation)
                    .GetAwaiter()
                    .GetResult();
            }
        );
        Assert.All(stopped, outcome => Assert.Equal(stage, outcome.StoppedIn));
        Assert.All(
            ThreadedProcesses.Run(3, group => Pretrain(group, "out", new RecordingObserver())),
            outcome => Assert.True(outcome.IsDone)
        );
    }

    public void Dispose() => folder.Dispose();

    private static ModelCatalog Models => new(Path.Combine(Repository.Root, "models"));

    private PretrainingOptions Options(string output) =>
        new() { Recipe = folder["small.toml"], OutputFolder = folder[output] };

    private PretrainingOutcome Pretrain(IProcessGroup group, string output, RecordingObserver observer) =>
        new Pretrainer(Models, processes: group)
            .PretrainAsync(Options(output), observer, TestCancellation)
            .GetAwaiter()
            .GetResult();

    private string[] Shards(string output) => CrystalShards.Of(folder[$"{output}/relaxation"]);

    private void AssertNear(string expectedPath, string actualPath)
    {
        using SafetensorsFile expected = SafetensorsFile.Read(folder[expectedPath]);
        using SafetensorsFile actual = SafetensorsFile.Read(folder[actualPath]);
        Assert.All(
            expected.Tensors,
            pair =>
                TensorAssert.AreNear(pair.Value, actual.Tensors[pair.Key], SharedStepTests.WeightTolerance, pair.Key)
        );
    }

    private sealed class StopAt(string stage, CancellationTokenSource cancellation) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is StageStarted started && started.Stage == stage)
            {
                cancellation.Cancel();
            }
        }
    }
}
