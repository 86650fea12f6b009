using Kagome.Crystals.Elements;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Tests;

/// <summary>A folder with an untrained generator and predictor, which evaluate in a millisecond: kagome-g and kagome-p by name.</summary>
public sealed class TinyModels : IDisposable
{
    /// <summary>A generator that learned diffusion.</summary>
    public const string Generator = "kagome-g";

    /// <summary>A generator that learned a flow.</summary>
    public const string Flow = "flow";

    private static readonly DiffusionConfiguration Process = new() { StepCount = 20 };

    private readonly TemporaryFolder folder = new();

    public TinyModels()
    {
        Save(Generator, ModelKind.Generator, Process);
        Save(ModelOptions.DefaultPredictor, ModelKind.Predictor, Process);
        Save("other-noise", ModelKind.Predictor, new DiffusionConfiguration { StepCount = 30 });
        Save(Flow, ModelKind.Generator, new FlowConfiguration { StepCount = 20 });
    }

    public string Folder => folder.Location;

    public ModelOptions Options => new() { Folder = Folder, Generator = Generator };

    public string PathOf(string name) => folder[$"{name}{ModelCatalog.Extension}"];

    public CrystalPredictor Predictor(int? threads = null) => CrystalPredictor.Load(Options with { Threads = threads });

    public void Dispose() => folder.Dispose();

    private void Save(string name, ModelKind kind, ProcessConfiguration process)
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
            Schedules = process is DiffusionConfiguration diffusion ? NoiseSchedules.Compute(diffusion) : null,
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
