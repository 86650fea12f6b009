using Kagome.Checkpoints;
using Kagome.Cli.Energies;
using Kagome.Cli.Models;
using Kagome.Core.Compositions;
using Kagome.Core.Structures;
using Kagome.Evaluation.Properties;
using Kagome.Networks.Models;
using Kagome.Sampling.Energies;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Cli.Properties;

/// <summary>An ensemble, ready to tell a property of crystals.</summary>
internal sealed class PropertyModel : IDisposable
{
    private readonly Checkpoint checkpoint;
    private readonly Crysformer[] networks;
    private readonly LinearModel[] occurrence;

    private PropertyModel(Checkpoint checkpoint, torch.Device device)
    {
        this.checkpoint = checkpoint;
        Ensemble = checkpoint.Ensemble!;
        int[] folds = [.. Enumerable.Range(0, Ensemble.FoldCount)];
        networks = [.. folds.Select(checkpoint.CreateNetwork)];
        Array.ForEach(networks, network => network.to(device));
        occurrence = Ensemble.Occurrence is null ? [] : [.. folds.Select(Occurrence)];
        Reach = new ModelReach(checkpoint.Provenance);
    }

    public string Name => checkpoint.Provenance.Name;

    public string Checksum => checkpoint.Checksum ?? "";

    public PropertyEnsemble Ensemble { get; }

    public ModelReach Reach { get; }

    /// <param name="nameOrPath">A model.</param>
    /// <param name="device">cpu or cuda.</param>
    /// <exception cref="BadInputException">There is no such model, or it is no ensemble.</exception>
    /// <exception cref="CheckpointException">Its file is damaged, or a fold is missing.</exception>
    public static PropertyModel Load(string nameOrPath, string device)
    {
        torch.Device place = DeviceChoice.Find(device);
        Checkpoint loaded = ModelLocation.Load(nameOrPath, ModelKind.Property);
        if (loaded.Ensemble is null)
        {
            loaded.Dispose();
            throw new BadInputException(
                $"{nameOrPath} is one fold of an ensemble; expected the file with all folds, model.safetensors in the folder above. `kagome train property --resume` writes it when all folds are done."
            );
        }

        return new PropertyModel(loaded, place);
    }

    /// <summary>The cell in which it is asked of a structure, or why it cannot be.</summary>
    public JudgedCell CellOf(Structure structure, CancellationToken cancellation) =>
        JudgedCell.Of(structure, checkpoint, cancellation);

    /// <summary>What the folds say of crystals, in their order.</summary>
    public PropertyValue[] Values(
        IReadOnlyList<Structure> cells,
        Action<int>? advance = null,
        CancellationToken cancellation = default
    ) =>
        CellBatches.Run<PropertyValue>(
            cells,
            batch =>
            {
                CrystalReading[][] readings = [.. networks.Select(network => CleanEnergies.Read(network, batch))];
                return
                [
                    .. batch.Select((cell, at) => Together([.. readings.Select(fold => fold[at])], cell.Composition)),
                ];
            },
            advance,
            cancellation
        );

    public void Dispose()
    {
        Array.ForEach(networks, network => network.Dispose());
        checkpoint.Dispose();
    }

    private PropertyValue Together(CrystalReading[] folds, Composition composition)
    {
        double[]? features = Ensemble.Composition is null ? null : CompositionFeatures.Of(composition);
        (double mean, double spread) = EnsembleMean.Of([
            .. folds.Select(
                (reading, fold) =>
                    Ensemble.Scalers[fold].Restore(reading.Energy)
                    + (features is null ? 0 : Ensemble.Composition![fold].Value(features))
            ),
        ]);
        double error = Ensemble.Calibration?.ExpectedError(spread) ?? Ensemble.CrossValidation.MeanAbsoluteError;
        double? probability =
            occurrence.Length == 0
                ? null
                : folds
                    .Zip(occurrence, (reading, model) => LogisticRegression.Probability(model.Value(reading.Features)))
                    .Average();
        return new PropertyValue(
            Ensemble.Restore(mean),
            Ensemble.Restore(mean - error),
            Ensemble.Restore(mean + error),
            spread,
            error,
            probability
        );
    }

    private LinearModel Occurrence(int fold)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = EnsembleWeights.Of(fold, checkpoint.Weights);
        return new LinearModel(
            [.. weights[EnsembleWeights.OccurrenceWeight].to(ScalarType.Float64).data<double>()],
            weights[EnsembleWeights.OccurrenceBias].item<float>()
        );
    }
}
