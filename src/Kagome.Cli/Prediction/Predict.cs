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
        List<PredictionDocument> documents = [];
        foreach (PredictedFormula formula in Candidates(settings, streams.Error, cancellation))
        {
            documents.Add(formula.Document);
            if (!settings.PrintsJson)
            {
                CandidateTable.Print(streams.Output, formula.Target, formula.Ranked, formula.Document.Folder);
            }
        }

        if (settings.PrintsJson)
        {
            streams.Output.WriteLine(JsonText.Format(documents));
        }

        return ExitCode.Success;
    }

    /// <summary>Formula by formula, each written into its folder before it is told.</summary>
    public static IEnumerable<PredictedFormula> Candidates(
        PredictSettings settings,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        IStructureFormat[] formats = [.. settings.Formats.Select(ChooseFormat)];
        torch.Device device = DeviceChoice.Find(settings.Device);
        using Checkpoint model = ModelLocation.Load(settings.Model, ModelKind.Generator);
        using EnergySteps? energies = EnergySteps.Load(settings, model);
        IReadOnlyList<PredictionTarget> targets = PredictionTargets.Choose(settings, model.Provenance);
        PredictionFolder folder = new(settings.OutputFolder, formats, settings.KeepsAll);
        folder.Check(targets);
        PredictionLimits.Check(targets, model, settings, error);
        folder.Prepare();
        using Crysformer network = model.CreateNetwork();
        network.to(device);
        network.Precision = settings.Sampler.Precision;
        PredictorCorrector sampler = settings.Sampler.CreateSampler(model.Schedules);
        CandidateSampler candidates = new(new CrystalGenerator(network, sampler, energies?.Guidance), settings);
        foreach (PredictionTarget target in targets)
        {
            AnnounceCells(target, error);
            IReadOnlyList<Candidate> sampled = Sample(candidates, target, error, cancellation);
            IReadOnlyList<Candidate> judged = energies?.Judge(sampled, cancellation) ?? sampled;
            IReadOnlyList<Candidate> ranked = CandidateRanking.Rank(judged, cancellation);
            PredictionOrigin origin = PredictionOrigin.Of(model, energies?.Model, settings);
            yield return new PredictedFormula(target, ranked, folder.Write(target, ranked, origin));
        }
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
