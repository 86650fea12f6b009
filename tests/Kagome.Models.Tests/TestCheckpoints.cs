using Kagome.Networks;
using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Models.Tests;

/// <summary>Small checkpoints with random weights of the real network.</summary>
internal static class TestCheckpoints
{
    public static readonly CrysformerConfiguration Network = new()
    {
        BlockCount = 2,
        HiddenDimension = 8,
        HeadCount = 2,
        FrequencyCount = 3,
        GramScale = 0.25,
        TimeDimension = 6,
        ElementFeatureCount = 5,
        HasEnergyHead = true,
        HasTypeHead = true,
    };

    public static readonly DiffusionConfiguration Process = new() { StepCount = 7 };

    public static Checkpoint Make()
    {
        using var generator = new Generator(17);
        using Tensor table = ones(101, Network.ElementFeatureCount);
        using Crysformer crysformer = new(Network, table, generator);
        return new Checkpoint
        {
            Network = Network,
            Process = Process,
            Schedules = NoiseSchedules.Compute(Process),
            Weights = crysformer
                .named_parameters()
                .Select(named => (named.name, (Tensor)named.parameter))
                .Concat(crysformer.named_buffers())
                .ToDictionary(named => named.Item1, named => named.Item2.detach().clone().DetachFromDisposeScope()),
            LabelScaler = new LabelScaler
            {
                Mean = 0.25,
                StandardDeviation = 0.125,
                LabelName = "energy above hull",
                Unit = "eV/atom",
            },
            Provenance = new Provenance
            {
                Name = "kagome-test",
                Kind = ModelKind.Predictor,
                DataSets = [new DataSource("MP-20", "CC-BY-4.0", "Materials Project")],
                Recipe = "rate = 1e-4",
                Seed = 42,
                Commit = "abc",
                HoursTrained = 1.5,
                Step = 12,
                Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                LargestAtomCount = 20,
                ElementsSeen = new Dictionary<int, long> { [8] = 100, [1] = 7 },
            },
        };
    }
}
