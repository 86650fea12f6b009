using Kagome.Checkpoints;
using Kagome.Cli.Energies;
using Kagome.Core.Neighbors;
using Kagome.Core.Structures;
using Kagome.Sampling.Guidance;
using Kagome.Sampling.Relaxation;
using Kagome.Symmetry;

namespace Kagome.Cli.Prediction;

/// <summary>What a predictor does for a prediction: it guides the sampler, relaxes candidates and tells their energies.</summary>
internal sealed class EnergySteps : IDisposable
{
    /// <summary>Switches energies off where a predictor came with the program.</summary>
    public const string NoPredictor = "none";

    private readonly PredictSettings settings;

    private EnergySteps(EnergyModel model, PredictSettings settings) => (Model, this.settings) = (model, settings);

    public EnergyModel Model { get; }

    /// <summary>Null where nothing is guided.</summary>
    public CrystalGuidance? Guidance { get; private init; }

    /// <summary>Loads the predictor that was asked for, or the default one where there is one.</summary>
    /// <returns>Null where none is wanted or none came with the program.</returns>
    /// <exception cref="BadInputException">One is needed and there is none, or it does not fit the generator.</exception>
    public static EnergySteps? Load(PredictSettings settings, Checkpoint generator)
    {
        bool isNeeded = settings.IsGuided || settings.RelaxIterations > 0;
        if (settings.Predictor == NoPredictor)
        {
            return isNeeded
                ? throw new BadInputException("--guidance and --relax need a predictor; leave out --predictor none.")
                : null;
        }

        if (settings.Predictor is null && !EnergyModel.IsShipped && !isNeeded)
        {
            return null;
        }

        EnergyModel model = EnergyModel.Load(settings.Predictor, settings.Device);
        try
        {
            CrystalGuidance? guidance = settings.IsGuided
                ? model.Guide(generator, settings.CoordinateGuidance, settings.LatticeGuidance)
                : null;
            return new EnergySteps(model, settings) { Guidance = guidance };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Relaxes candidates where that was asked for, and tells their energies.</summary>
    public IReadOnlyList<Candidate> Judge(IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        Candidate[] judged = [.. candidates];
        int[] valid = [.. Enumerable.Range(0, judged.Length).Where(at => judged[at].IsValid)];
        if (settings.RelaxIterations > 0)
        {
            Relax(judged, valid, cancellation);
        }

        JudgedCell[] cells = [.. valid.Select(at => Model.CellOf(judged[at].Structure!, cancellation))];
        int[] known = [.. Enumerable.Range(0, valid.Length).Where(at => cells[at].Problem is null)];
        double[] energies = Model.Energies([.. known.Select(at => cells[at].Cell)], cancellation: cancellation);
        foreach ((int at, double energy) in known.Zip(energies))
        {
            judged[valid[at]] = judged[valid[at]] with
            {
                Energy = energy,
                Concerns = Model.Reach.Concerns(judged[valid[at]].Structure!.Composition),
            };
        }

        return judged;
    }

    public void Dispose() => Model.Dispose();

    private void Relax(Candidate[] candidates, int[] places, CancellationToken cancellation)
    {
        RelaxedCrystal[] relaxed = Model.Relax(
            [.. places.Select(at => candidates[at].Structure!)],
            new RelaxationSettings { Iterations = settings.RelaxIterations },
            cancellation: cancellation
        );
        SymmetryFinder finder = new(settings.Symprec);
        foreach ((int at, RelaxedCrystal crystal) in places.Zip(relaxed))
        {
            string? problem = StructureValidity.Problem(crystal.Structure);
            candidates[at] = candidates[at] with
            {
                Structure = crystal.Structure,
                ShortestDistanceAngstrom = PeriodicDistances.Shortest(crystal.Structure),
                Problem = problem,
                Symmetry = problem is null ? finder.Find(crystal.Structure) : null,
                EnergyBeforeRelaxation = Model.Scaler.Restore(crystal.EnergyBefore),
                RelaxationEnd = crystal.End,
            };
        }
    }
}
