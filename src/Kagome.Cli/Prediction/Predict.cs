using Kagome.Checkpoints;
using Kagome.Cli.Models;
using Kagome.Cli.Output;
using Kagome.Formats;
using Kagome.Networks.Models;
using Kagome.Processes.Diffusion;
using Kagome.Sampling.Generation;
using TorchSharp;

namespace Kagome.Cli.Prediction;

/// <summary>Reads formulas, samples their structures, writes them and says what was found.</summary>
internal static class Predict
{
    public static int Run(PredictSettings settings, CommandStreams streams, CancellationToken cancellation)
    {
        IStructureFormat[] formats = [.. settings.Formats.Select(ChooseFormat)];
        torch.Device device = DeviceChoice.Find(settings.Device);
        using Checkpoint model = ModelLocation.Load(settings.Model, ModelKind.Generator);
        using EnergySteps? energies = EnergySteps.Load(settings, model);
        IReadOnlyList<PredictionTarget> targets = PredictionTargets.Choose(settings, model.Provenance);
        PredictionFolder folder = new(settings.OutputFolder, formats, settings.KeepsAll);
        folder.Check(targets);
        PredictionLimits.Check(targets, model, settings, streams.Error);
        folder.Prepare();
        using Crysformer network = model.CreateNetwork();
        network.to(device);
        PredictorCorrector sampler = new(new DiffusionProcess(model.Schedules)) { MoveCount = settings.Steps };
        CandidateSampler candidates = new(new CrystalGenerator(network, sampler, energies?.Guidance), settings);
        List<PredictionDocument> documents = [];
        foreach (PredictionTarget target in targets)
        {
            AnnounceCells(target, streams.Error);
            IReadOnlyList<Candidate> sampled = Sample(candidates, target, streams.Error, cancellation);
            IReadOnlyList<Candidate> judged = energies?.Judge(sampled, cancellation) ?? sampled;
            IReadOnlyList<Candidate> ranked = CandidateRanking.Rank(judged, cancellation);
            documents.Add(folder.Write(target, ranked, PredictionOrigin.Of(model, energies?.Model, settings)));
            if (!settings.PrintsJson)
            {
                CandidateTable.Print(streams.Output, target, ranked, folder.PathOf(target));
            }
        }

        if (settings.PrintsJson)
        {
            streams.Output.WriteLine(JsonText.Format(documents));
        }

        return ExitCode.Success;
    }

    private static IStructureFormat ChooseFormat(string name)
    {
        try
        {
            return StructureFormats.ByName(name);
        }
        catch (ArgumentException exception)
        {
            throw new BadInputException($"--format: {exception.Message.Split(" (Parameter")[0]}", exception);
        }
    }

    private static IReadOnlyList<Candidate> Sample(
        CandidateSampler candidates,
        PredictionTarget target,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        using SamplingProgress progress = new(error, target.Formula, candidates.Work(target));
        return candidates.Sample(target, progress.Advance, cancellation);
    }

    private static void AnnounceCells(PredictionTarget target, TextWriter error)
    {
        IEnumerable<string> cells = target.Cells.Select(cell =>
            $"Z = {cell.Z} ({target.Cell(cell.Z).AtomCount} atoms): {cell.Samples}"
        );
        error.WriteLine($"{target.Formula}: samples per cell {string.Join(", ", cells)}");
    }
}
