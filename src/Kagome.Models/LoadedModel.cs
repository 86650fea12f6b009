using System.Collections.Concurrent;
using System.Globalization;
using Kagome.Crystals.Structures;
using Kagome.Networks;
using Kagome.Networks.Layers;
using TorchSharp;

namespace Kagome.Models;

/// <summary>A model on a device, ready to be evaluated, with what it learned from.</summary>
/// <remarks>Owns its checkpoint and networks. Safe to use from several threads; disposing of it is not.</remarks>
public sealed class LoadedModel : IDisposable
{
    private const int GraphicsBatchFactor = 32; // docs/gpu.md: a step costs as much for 16,384 atoms as for one

    private readonly List<Crysformer> networks = [];
    private readonly ConcurrentDictionary<(int Fold, ProductPrecision Precision), Lazy<FoldedCrysformer>> folded = [];

    private volatile bool isDisposed;

    private LoadedModel(Checkpoint checkpoint, torch.Device device)
    {
        (Checkpoint, Device) = (checkpoint, device);
        Domain = new TrainingDomain(checkpoint.Provenance, checkpoint.Network);
    }

    /// <summary>The model with its provenance; it goes when this goes.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Where the weights are and crystals are evaluated: the CPU, or a graphics processor.</summary>
    public torch.Device Device { get; }

    /// <summary>What it saw in training.</summary>
    public TrainingDomain Domain { get; }

    /// <summary>What people call the model, as its file says.</summary>
    public string Name => Checkpoint.Provenance.Name;

    /// <summary>What <c>sha256sum</c> prints of its file.</summary>
    public string Checksum => Checkpoint.Checksum ?? "";

    /// <summary>How many batches are worked on at once: one a core, one on a graphics processor.</summary>
    public int WorkerCount => IsOnGraphics ? 1 : Environment.ProcessorCount;

    private bool IsOnGraphics => Device.type == DeviceType.CUDA;

    /// <summary>Reads a model and puts it on a device.</summary>
    /// <param name="catalog">Where names are looked up.</param>
    /// <param name="nameOrPath">A model.</param>
    /// <param name="kind">What it has to be.</param>
    /// <param name="device">cpu or cuda.</param>
    /// <exception cref="InputException">There is no such model, or it is of another kind.</exception>
    /// <exception cref="OptionException">There is no such device.</exception>
    /// <exception cref="CheckpointException">Its file is damaged.</exception>
    /// <exception cref="LibtorchException">There is no libtorch here.</exception>
    public static LoadedModel Load(ModelCatalog catalog, string nameOrPath, ModelKind kind, string device)
    {
        torch.Device place = Devices.Find(device);
        LoadedModel model = new(catalog.Load(nameOrPath, kind), place);
        try
        {
            model.CreateNetworks();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The network, folded once for each precision that is asked for.</summary>
    /// <param name="precision">The numbers in which large products are made.</param>
    /// <param name="fold">Which network of an ensemble, from 0.</param>
    /// <exception cref="ObjectDisposedException">The model is gone.</exception>
    public FoldedCrysformer Network(ProductPrecision precision = ProductPrecision.Full, int fold = 0)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return folded
            .GetOrAdd(
                (fold, precision),
                key => new Lazy<FoldedCrysformer>(() => networks[key.Fold].Fold(key.Precision))
            )
            .Value;
    }

    /// <summary>How many atoms a batch should have on its device.</summary>
    /// <param name="onProcessor">How many on a processor.</param>
    public int BatchAtoms(int onProcessor) => IsOnGraphics ? GraphicsBatchFactor * onProcessor : onProcessor;

    /// <summary>The cell in which the model is asked about a crystal, so that every description of it gets the same answer.</summary>
    public PreparedCell Prepare(Structure structure, CancellationToken cancellation = default) =>
        Domain.Prepare(structure, cancellation);

    /// <summary>Frees the weights and the networks; nothing may be evaluated after that.</summary>
    public void Dispose()
    {
        isDisposed = true;
        foreach (Lazy<FoldedCrysformer> network in folded.Values.Where(network => network.IsValueCreated))
        {
            network.Value.Dispose();
        }

        folded.Clear();

        networks.ForEach(network => network.Dispose());
        Checkpoint.Dispose();
        FreedMemory.GiveBack();
    }

    private void CreateNetworks()
    {
        for (int fold = 0; fold < (Checkpoint.Ensemble?.FoldCount ?? 1); fold++)
        {
            networks.Add(Checkpoint.Ensemble is null ? Checkpoint.CreateNetwork() : Checkpoint.CreateNetwork(fold));
            networks[fold].to(Device);
        }
    }
}

/// <summary>Where tensors live and products are made.</summary>
public static class Devices
{
    private const string NumberedStart = "cuda:";

    /// <summary>The device of a name.</summary>
    /// <param name="name">cpu, cuda, or one of several CUDA devices such as cuda:1.</param>
    /// <exception cref="OptionException">There is no such device here.</exception>
    /// <exception cref="LibtorchException">There is no libtorch here.</exception>
    public static torch.Device Find(string name)
    {
        Libtorch.Require();
        return name switch
        {
            "cpu" => torch.CPU,
            "cuda" when torch.cuda.is_available() => torch.CUDA,
            "cuda" => throw new OptionException(
                "Device",
                name,
                "cpu: no CUDA device can be used; build with -p:TorchBackend=cuda, or with pytorch beside an installed PyTorch (docs/gpu.md), on a machine that has one"
            ),
            _ when Number(name) is { } number => number < torch.cuda.device_count()
                ? torch.device(DeviceType.CUDA, number)
                : throw new OptionException(
                    "Device",
                    name,
                    $"one of the {torch.cuda.device_count()} CUDA devices here"
                ),
            _ => throw new OptionException("Device", name, "cpu or cuda"),
        };
    }

    private static int? Number(string name) =>
        name.StartsWith(NumberedStart, StringComparison.Ordinal)
        && int.TryParse(
            name.AsSpan(NumberedStart.Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int number
        )
            ? number
            : null;
}
