using Kagome.Checkpoints;
using Kagome.Cli.Models;
using Kagome.Core.Structures;
using Kagome.Networks.Models;
using Kagome.Sampling.Energies;
using Kagome.Sampling.Guidance;
using Kagome.Sampling.Relaxation;
using Kagome.Training.Data;
using TorchSharp;

namespace Kagome.Cli.Energies;

/// <summary>A predictor, ready to judge crystals.</summary>
internal sealed class EnergyModel : IDisposable
{
    /// <summary>The one that is taken where none is named, if it came with the program.</summary>
    public const string DefaultName = "kagome-p";

    private readonly Checkpoint checkpoint;

    private EnergyModel(Checkpoint checkpoint, Crysformer network, LabelScaler scaler)
    {
        this.checkpoint = checkpoint;
        (Network, Scaler) = (network, scaler);
        Reach = new ModelReach(checkpoint.Provenance);
    }

    public string Name => checkpoint.Provenance.Name;

    public string Checksum => checkpoint.Checksum ?? "";

    public Crysformer Network { get; }

    public LabelScaler Scaler { get; }

    public ModelReach Reach { get; }

    /// <summary>What it predicts, as data sets name it.</summary>
    public string DataLabel => Scaler.LabelName == EnergyLabel.Meaning ? EnergyLabel.Name : Scaler.LabelName;

    /// <summary>Whether the default predictor came with the program.</summary>
    public static bool IsShipped => ModelLocation.Shipped.Select(ModelLocation.Name).Contains(DefaultName);

    /// <param name="nameOrPath">A model; null for the default one.</param>
    /// <param name="device">cpu or cuda.</param>
    /// <exception cref="BadInputException">There is no such model, or it is no predictor.</exception>
    /// <exception cref="CheckpointException">Its file is damaged.</exception>
    public static EnergyModel Load(string? nameOrPath, string device)
    {
        if (nameOrPath is null && !IsShipped)
        {
            throw new BadInputException(
                $"No predictor came with this program ({DefaultName} is not in {ModelLocation.ShippedFolder}). Train one with `kagome train predictor`, and give its model.safetensors."
            );
        }

        torch.Device place = DeviceChoice.Find(device);
        Checkpoint loaded = ModelLocation.Load(nameOrPath ?? DefaultName, ModelKind.Predictor);
        if (loaded.LabelScaler is not { } scaler || !loaded.Network.HasEnergyHead)
        {
            loaded.Dispose();
            throw new BadInputException(
                $"Model {loaded.Provenance.Name} has no energy head or no label scale, so that its energies have no unit. Import it with --scaler."
            );
        }

        Crysformer network = loaded.CreateNetwork();
        network.to(place);
        return new EnergyModel(loaded, network, scaler);
    }

    /// <summary>The cell in which it is asked of a structure, or why it cannot be.</summary>
    public JudgedCell CellOf(Structure structure, CancellationToken cancellation) =>
        JudgedCell.Of(structure, checkpoint, cancellation);

    /// <summary>Guidance of a generator.</summary>
    /// <param name="generator">Whose samples are pulled to low energy.</param>
    /// <param name="coordinateWeight">0 leaves coordinates alone.</param>
    /// <param name="latticeWeight">0 leaves lattices alone.</param>
    /// <exception cref="BadInputException">The two models learned different noise.</exception>
    public CrystalGuidance Guide(Checkpoint generator, double coordinateWeight, double latticeWeight) =>
        checkpoint.Process == generator.Process
            ? new CrystalGuidance(Network, coordinateWeight, latticeWeight)
            : throw new BadInputException(
                $"{Name} learned the noise {checkpoint.Process}, {generator.Provenance.Name} the noise {generator.Process}; expected the same for --guidance."
            );

    /// <summary>Energies of crystals of any sizes, in their order and in the scale's unit.</summary>
    /// <param name="cells">In the cells that the model is to be asked of.</param>
    /// <param name="advance">Told of crystals done, from several threads.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public double[] Energies(
        IReadOnlyList<Structure> cells,
        Action<int>? advance = null,
        CancellationToken cancellation = default
    ) =>
        CellBatches.Run<double>(
            cells,
            batch => [.. CleanEnergies.Of(Network, batch).Select(Scaler.Restore)],
            advance,
            cancellation
        );

    /// <summary>Relaxed crystals, in their order.</summary>
    /// <param name="cells">Valid, of any sizes.</param>
    /// <param name="settings">How to go.</param>
    /// <param name="advance">Told of crystals done, from several threads.</param>
    /// <param name="cancellation">Stops between evaluations.</param>
    public RelaxedCrystal[] Relax(
        IReadOnlyList<Structure> cells,
        RelaxationSettings settings,
        Action<int>? advance = null,
        CancellationToken cancellation = default
    )
    {
        CrystalRelaxer relaxer = new(Network, settings);
        return CellBatches.Run(cells, batch => relaxer.Relax(batch, cancellation), advance, cancellation);
    }

    public void Dispose()
    {
        Network.Dispose();
        checkpoint.Dispose();
    }
}
