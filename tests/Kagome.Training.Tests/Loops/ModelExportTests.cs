using Kagome.Models;
using Kagome.Networks;
using Kagome.Testing;
using Kagome.Training.Data;
using Kagome.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Loops;

public sealed class ModelExportTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly TrainingSet crystals = TestCrystals.Set(TestCrystals.All);
    private readonly TrainingRun run = TestRuns.Create(
        TestRuns.Recipe with
        {
            Sources =
            [
                new RecipeSource
                {
                    Name = "Wyckoff",
                    License = "none",
                    Attribution = "Crystal Structures 1",
                },
            ],
        }
    );

    [Fact]
    public void Write_gives_a_model_with_the_outputs_of_the_averaged_weights()
    {
        using DisposeScope scope = NewDisposeScope();
        run.Take(4);
        using IDisposable noGradient = no_grad();
        using Checkpoint checkpoint = Export();
        using Crysformer loaded = checkpoint.CreateNetwork();
        CrysformerOutput actual = Evaluate(loaded);
        Assert.False(actual.Coordinates.eq(Evaluate(run.Network).Coordinates).all().item<bool>());
        run.Network.load_state_dict(run.AveragedWeights().ToDictionary());
        CrysformerOutput expected = Evaluate(run.Network);
        TensorAssert.AreIdentical(expected.Coordinates, actual.Coordinates, "coordinate output");
        TensorAssert.AreIdentical(expected.Lattices, actual.Lattices, "lattice output");
    }

    [Fact]
    public void Write_tells_where_the_model_comes_from()
    {
        run.Take(2);
        using Checkpoint checkpoint = Export();
        Provenance origin = checkpoint.Provenance;
        Assert.Equal("test", origin.Name);
        Assert.Equal(ModelKind.Generator, origin.Kind);
        Assert.Equal(new DataSource("Wyckoff", "none", "Crystal Structures 1"), Assert.Single(origin.DataSets));
        Assert.Equal(7, origin.Seed);
        Assert.Equal(2, origin.Step);
        Assert.Equal("abc123", origin.Commit);
        Assert.Equal(Now, origin.Created);
        Assert.Equal(run.TimeTrained.TotalHours, origin.HoursTrained);
        Assert.Equal(5, origin.LargestAtomCount);
        Assert.Equal(2, origin.ElementsSeen[17]);
        Assert.Equal(3, origin.FormulaUnitsSeen[2][1]);
        Assert.Equal(
            run.Recipe with
            {
                Sources = null,
            },
            RecipeFile.Parse(origin.Recipe!, "provenance") with
            {
                Sources = null,
            }
        );
    }

    [Fact]
    public void Write_keeps_network_process_and_schedules()
    {
        using Checkpoint checkpoint = Export();
        Assert.Equal(run.Recipe.Network, checkpoint.Network);
        Assert.Equal(run.Recipe.Process, checkpoint.Process);
        Assert.Equal(run.Schedules!.CoordinateScoreNorms, checkpoint.Schedules!.CoordinateScoreNorms);
    }

    [Fact]
    public void Write_leaves_no_tensors() => NoTensorLeaks.During(() => Write());

    public void Dispose()
    {
        run.Dispose();
        folder.Dispose();
    }

    private Checkpoint Export()
    {
        Write();
        return CheckpointFile.Load(folder["model.safetensors"]);
    }

    private void Write() =>
        new ModelExport(crystals, new StoppedClock(), commit: "abc123").Write(run, folder["model.safetensors"]);

    private CrysformerOutput Evaluate(Crysformer network)
    {
        TrainingBatch batch = crystals.Batch(new BatchIndices([0, 1, 2]));
        return network.Evaluate(batch.In(batch.Coordinates, batch.Lattices, tensor(new long[] { 3, 20, 50 })));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
