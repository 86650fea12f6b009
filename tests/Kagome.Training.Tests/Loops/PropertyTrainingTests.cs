using Kagome.Crystals.Structures;
using Kagome.Training.Data;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Loops;

/// <summary>Runs that learn a property of clean crystals with a part of the network.</summary>
public sealed class PropertyTrainingTests : IDisposable
{
    private static readonly Recipe TwoBlocks = TestRuns.Recipe with
    {
        Network = TestRuns.Recipe.Network with { BlockCount = 2, HasEnergyHead = true },
        Property = new PropertySettings
        {
            Label = Labels.EnergyAboveHull,
            Unit = "eV/atom",
            TrainableBlocks = 1,
        },
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Step_moves_the_last_block_and_the_head_and_nothing_else()
    {
        using TrainingRun run = Create(TwoBlocks);
        Dictionary<string, float[]> before = Weights(run);
        run.Take(3);
        string[] moved =
        [
            .. Weights(run).Where(pair => !pair.Value.SequenceEqual(before[pair.Key])).Select(pair => pair.Key),
        ];
        Assert.Contains("energy_head.output.weight", moved);
        Assert.Contains("blocks.1.feed_forward.expand.weight", moved);
        Assert.All(
            moved,
            name =>
                Assert.True(
                    name.StartsWith("energy_head.", StringComparison.Ordinal)
                        || name.StartsWith("blocks.1.", StringComparison.Ordinal),
                    name
                )
        );
    }

    [Fact]
    public void Step_with_all_blocks_moves_the_embedding_too()
    {
        using TrainingRun run = Create(TwoBlocks with { Property = TwoBlocks.Property! with { TrainableBlocks = 2 } });
        float[] before = Weights(run)["atom_embedding.projection.weight"];
        run.Take(2);
        Assert.NotEqual(before, Weights(run)["atom_embedding.projection.weight"]);
    }

    [Fact]
    public void Loss_is_the_absolute_error_in_the_labels_unit()
    {
        using TrainingRun run = Create(
            TwoBlocks with
            {
                Batches = new BatchSettings { Atoms = 10, Crystals = 2 },
            }
        );
        TrainingSet one = TestCrystals.LabelledSet(TestCrystals.WithEnergy(TestCrystals.SodiumChloride, 3));
        TrainingBatch batch = one.Batch(new BatchIndices([0]));
        double energy = run.Network.Evaluate(batch.Clean()).Energies!.ToDouble();
        using Kagome.Processes.Noise.SeededNoise noise = new(1);
        double loss = new PropertyObjective(run.LabelScaler!).Loss(run.Network, batch, noise).Total().ToDouble();
        Assert.Equal(Math.Abs(run.LabelScaler!.Restore(energy) - 3), loss, 1e-5);
    }

    [Fact]
    public void Load_of_a_saved_state_goes_on_exactly_with_the_frozen_weights_that_it_began_with()
    {
        using TrainingRun whole = Create(TwoBlocks);
        double[] losses = whole.Take(6);
        using TrainingRun first = Create(TwoBlocks);
        first.Take(3);
        TrainingStateFile.Save(folder["state"], first);
        using TrainingRun second = Create(TwoBlocks);
        foreach ((_, TorchSharp.Modules.Parameter parameter) in second.Network.named_parameters())
        {
            using IDisposable noGradient = no_grad();
            parameter.add_(1); // as another initial model of the same name would
        }

        TrainingStateFile.Load(folder["state"], second);
        Assert.Equal(losses[3..], second.Take(3));
    }

    private static TrainingRun Create(Recipe recipe) =>
        TestRuns.Create(
            recipe,
            TestCrystals.LabelledSet(TestCrystals.All.Select((record, at) => TestCrystals.WithEnergy(record, 0.2 * at)))
        );

    private static Dictionary<string, float[]> Weights(TrainingRun run) =>
        run.Network.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.data<float>().ToArray());
}
