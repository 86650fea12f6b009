using Kagome.Checkpoints;
using Kagome.Cli.Energies;
using Kagome.Cli.Models;
using Kagome.Cli.Prediction;
using Kagome.Core.Compositions;
using Kagome.Evaluation.Scoring;
using Kagome.Networks.Models;
using Kagome.Sampling.Generation;
using TorchSharp;

namespace Kagome.Cli.Evaluation;

/// <summary>The model that is evaluated, ready to sample.</summary>
internal sealed class EvaluationModel : IDisposable
{
    private readonly Checkpoint checkpoint;
    private readonly Crysformer network;

    private readonly EnergyModel? predictor;

    private EvaluationModel(Checkpoint checkpoint, Crysformer network, EnergyModel? predictor) =>
        (this.checkpoint, this.network, this.predictor) = (checkpoint, network, predictor);

    public string Name => checkpoint.Provenance.Name;

    public string? Checksum => checkpoint.Checksum;

    /// <summary>Of the predictor that guides; null where none does.</summary>
    public string? PredictorChecksum => predictor?.Checksum;

    /// <exception cref="BadInputException">There is no such model, or it cannot do what is asked of it.</exception>
    /// <exception cref="CheckpointException">Its file is damaged.</exception>
    public static EvaluationModel Load(EvaluateSettings settings)
    {
        Checkpoint loaded = ModelLocation.Load(settings.Model, ModelKind.Generator);
        try
        {
            PredictionLimits.CheckSteps(loaded, settings.Sampler.Steps);
            torch.Device device = DeviceChoice.Find(settings.Device);
            EnergyModel? guide = settings.IsGuided ? EnergyModel.Load(settings.Predictor, settings.Device) : null;
            Crysformer created = loaded.CreateNetwork();
            created.to(device);
            return new EvaluationModel(loaded, created, guide);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Says what the model was not made for, and refuses what cannot work.</summary>
    /// <exception cref="BadInputException">An element or a size that is out of reach.</exception>
    public void Check(IReadOnlyList<ReferenceCrystal> crystals, TextWriter error)
    {
        foreach (Composition cell in crystals.Select(crystal => crystal.Structure.Composition))
        {
            PredictionLimits.CheckCell(cell, checkpoint);
        }

        Provenance model = checkpoint.Provenance;
        int unseen = crystals.Count(crystal =>
            model.ElementsSeen.Count > 0
            && crystal.Structure.Composition.Counts.Keys.Any(e => !model.ElementsSeen.ContainsKey(e.AtomicNumber))
        );
        int large = crystals.Count(crystal => crystal.Structure.AtomCount > model.LargestAtomCount);
        if (unseen + large > 0)
        {
            error.WriteLine(
                $"warning: of {crystals.Count} crystals, {unseen} hold an element that {Name} never saw, and {large} more than the {model.LargestAtomCount} atoms of the largest cell that it saw; expect little of these."
            );
        }
    }

    public ISampleSource Samples(EvaluateSettings settings, IReadOnlyList<ReferenceCrystal> crystals)
    {
        network.Precision = settings.Sampler.Precision;
        CrystalGenerator generator = new(
            network,
            settings.Sampler.CreateSampler(checkpoint.Schedules),
            predictor?.Guide(checkpoint, settings.CoordinateGuidance, settings.LatticeGuidance)
        );
        return new ModelSamples(generator, settings, crystals);
    }

    public void Dispose()
    {
        predictor?.Dispose();
        network.Dispose();
        checkpoint.Dispose();
    }
}
