using Kagome.Campaigns.Slurm;

namespace Kagome.Campaigns.Tests.Slurm;

public sealed class SlurmQueueTests
{
    [Fact]
    public void Read_tasks_of_an_array_are_told_by_shard()
    {
        SlurmSubmission submission = new(7, "slurm/submission-1.sh", Shards: 5, Length: 3, [0, 1, 2]);
        const string Text = """
            7|0|RUNNING|None|k0
            7|1|PENDING|Resources|
            7|2|OUT_OF_MEMORY|OutOfMemory|k1
            8|0|RUNNING|None|k1
            7|N/A|PENDING|None|
            slurm_load_jobs error: Unable to contact slurm controller
            """;

        IReadOnlyDictionary<int, QueueTask> tasks = SlurmQueue.Read(Text, [submission]);

        Assert.Equal([0, 1, 2, 3, 4], tasks.Keys.Order());
        Assert.Equal(new QueueTask("7_0", QueuePhase.Running, "RUNNING", null, "k0"), tasks[3]);
        Assert.Equal(new QueueTask("7_1", QueuePhase.Waiting, "PENDING", "Resources", null), tasks[4]);
        Assert.Equal(new QueueTask("7_2", QueuePhase.Failed, "OUT_OF_MEMORY", "OutOfMemory", "k1"), tasks[2]);
    }

    [Theory]
    [InlineData("COMPLETED", QueuePhase.Ended)]
    [InlineData("COMPLETING", QueuePhase.Running)]
    [InlineData("SUSPENDED", QueuePhase.Running)]
    [InlineData("REQUEUED", QueuePhase.Waiting)]
    [InlineData("CANCELLED", QueuePhase.Failed)]
    [InlineData("NODE_FAIL", QueuePhase.Failed)]
    [InlineData("TIMEOUT", QueuePhase.Failed)]
    public void Read_state_of_slurm_is_a_phase(string state, QueuePhase phase) =>
        Assert.Equal(phase, SlurmQueue.Read($"7|0|{state}|None|", [new SlurmSubmission(7, "", 1, 1, [0])])[0].Phase);

    [Fact]
    public void Read_shard_of_a_later_job_is_that_jobs()
    {
        SlurmSubmission[] submissions = [new(7, "", 3, 3, [0, 1, 2]), new(9, "", 3, 3, [1]), new(11, "", 3, 3, [2])];

        IReadOnlyDictionary<int, QueueTask> tasks = SlurmQueue.Read(
            "7|0|COMPLETED|None|k0\n7|1|FAILED|NonZeroExitCode|k0\n7|2|FAILED|NonZeroExitCode|k0\n9|1|RUNNING|None|k0\n",
            submissions
        );

        Assert.Equal([(0, "7_0"), (1, "9_1")], tasks.Select(task => (task.Key, task.Value.Name)).Order());
    }
}
