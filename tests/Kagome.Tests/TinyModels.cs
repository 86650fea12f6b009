using Kagome.Crystals.Elements;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Tests;

/// <summary>A folder with an untrained generator and predictor, which evaluate in a millisecond: kagome-g and kagome-p by name.</summary>
public sealed class TinyModels : IDisposable
{
    private static readonly DiffusionConfiguration Process = new() { StepCount = 20 };

    private readonly TemporaryFolder folder = new();

    public TinyModels()
    {
        Save(ModelOptions.DefaultGenerator, ModelKind.Generator, Process);
        Save(ModelOptions.DefaultPredictor, ModelKind.Predictor, Process);
        Save("other-noise", ModelKind.Predictor, new DiffusionConfiguration { StepCount = 30 });
    }

    public string Folder => folder.Location;

    public ModelOptions Options => new() { Folder = Folder };

    public string PathOf(string name) => folder[$"{name}{ModelCatalog.Extension}"];

    public CrystalPredictor Predictor(int? threads = null) => CrystalPredictor.Load(Options with { Threads = threads });

    public void Dispose() => folder.Dispose();

    private void Save(string name, ModelKind kind, DiffusionConfiguration process)
    {
        CrysformerConfiguration shape = RandomNetwork.SmallConfiguration with
        {
            HasEnergyHead = kind == ModelKind.Predictor,
        };
        using Crysformer network = RandomNetwork.Create(shape, ScalarType.Float32);
        using Checkpoint checkpoint = new()
        {
            Network = shape,
            Process = process,
            Schedules = NoiseSchedules.Compute(process),
            Weights = network
                .named_parameters()
                .Select(named => (named.name, (Tensor)named.parameter))
                .Concat(network.named_buffers())
                .ToDictionary(named => named.Item1, named => named.Item2.detach().clone()),
            LabelScaler =
                kind == ModelKind.Predictor
                    ? new LabelScaler
                    {
                        Mean = 0.25,
                        StandardDeviation = 0.125,
                        LabelName = "energy above hull",
                        Unit = "eV/atom",
                    }
                    : null,
            Provenance = new Provenance
            {
                Name = name,
                Kind = kind,
                LargestAtomCount = 8,
                ElementsSeen = Enumerable
                    .Range(1, Element.FromSymbol("Kr").AtomicNumber)
                    .ToDictionary(number => number, number => number == 4 ? 3L : 100L),
            },
        };
        CheckpointFile.Save(PathOf(name), checkpoint);
    }
}
