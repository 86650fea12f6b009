namespace Kagome.Output;

/// <summary>Relaxations of crystals as relaxation.json gives them.</summary>
/// <param name="Model">The name of the predictor.</param>
/// <param name="ModelSha256">What <c>sha256sum</c> prints of the predictor's file.</param>
/// <param name="Unit">The unit of all energies, such as eV/atom.</param>
/// <param name="Settings">How the crystals were relaxed.</param>
/// <param name="Summary">What became of all crystals.</param>
/// <param name="Crystals">What became of each crystal, in the order given.</param>
public sealed record RelaxationDocument(
    string Model,
    string ModelSha256,
    string Unit,
    RelaxationOptions Settings,
    RelaxationDocument.Counts Summary,
    IReadOnlyList<RelaxationDocument.Entry> Crystals
)
{
    /// <summary>The relaxations by a predictor as a document.</summary>
    public static RelaxationDocument Of(
        EnergyPredictor predictor,
        RelaxationOptions options,
        IReadOnlyList<Entry> crystals
    ) => new(predictor.Name, predictor.Checksum, predictor.Unit, options, Counts.Of(crystals), crystals);

    /// <summary>A reason to stop in words.</summary>
    public static string Word(RelaxationEnd end) =>
        end switch
        {
            RelaxationEnd.Converged => "converged",
            RelaxationEnd.IterationLimit => "iteration limit",
            RelaxationEnd.Guard => "guard",
            RelaxationEnd.NoLowerEnergy => "no lower energy",
            _ => "diverged",
        };

    /// <summary>What became of a crystal. Energies are in the model's unit, <c>volume_change</c> is a share of the volume before.</summary>
    /// <param name="Id">The name of the crystal.</param>
    /// <param name="Formula">The atoms of the cell that was relaxed.</param>
    /// <param name="End">Why the relaxation stopped; null where it did not begin.</param>
    /// <param name="Iterations">How many steps were taken.</param>
    /// <param name="EnergyBefore">In the model's unit; null where it says nothing.</param>
    /// <param name="EnergyAfter">In the model's unit; null where it says nothing.</param>
    /// <param name="VolumeChange">As a share of the volume before, such as -0.02; null where nothing was relaxed.</param>
    /// <param name="StillMatches">Whether the structure matcher takes it for the same crystal as before.</param>
    /// <param name="Concerns">Why energies or the crystal may be wrong.</param>
    /// <param name="Problem">Why it was not relaxed; null where it was.</param>
    public sealed record Entry(
        string Id,
        string Formula,
        RelaxationEnd? End,
        int Iterations,
        double? EnergyBefore,
        double? EnergyAfter,
        double? VolumeChange,
        bool StillMatches,
        IReadOnlyList<string> Concerns,
        string? Problem
    )
    {
        /// <summary>A relaxation as an entry; the crystal itself is left out.</summary>
        public static Entry Of(RelaxationResult result) =>
            new(
                result.Original.Id,
                result.Cell.Composition.Formula,
                result.End,
                result.Iterations,
                result.EnergyBefore,
                result.EnergyAfter,
                result.VolumeChange,
                result.StillMatches,
                result.Concerns,
                result.Problem
            );
    }

    /// <summary>What became of all crystals.</summary>
    /// <param name="Crystals">How many there were.</param>
    /// <param name="Lowered">Crystals with a lower energy than before.</param>
    /// <param name="StillMatching">Crystals that the structure matcher takes for the same as before.</param>
    /// <param name="MeanEnergyChange">The mean over those that were relaxed, in the model's unit; null where there is none.</param>
    /// <param name="Ends">How many stopped for each reason.</param>
    /// <param name="NotRelaxed">Crystals that are invalid, or beyond the model.</param>
    /// <param name="LargeVolumeChanges">Crystals whose volume changed by more than <see cref="RelaxationResult.LargeVolumeChange"/>.</param>
    public sealed record Counts(
        int Crystals,
        int Lowered,
        int StillMatching,
        double? MeanEnergyChange,
        IReadOnlyDictionary<string, int> Ends,
        int NotRelaxed,
        int LargeVolumeChanges
    )
    {
        internal static Counts Of(IReadOnlyList<Entry> crystals)
        {
            double[] changes = [.. crystals.Select(c => c.EnergyAfter - c.EnergyBefore).OfType<double>()];
            return new Counts(
                crystals.Count,
                changes.Count(change => change < 0),
                crystals.Count(crystal => crystal.StillMatches),
                changes.Length > 0 ? changes.Average() : null,
                crystals
                    .Select(crystal => crystal.End)
                    .OfType<RelaxationEnd>()
                    .CountBy(end => end)
                    .OrderBy(pair => pair.Key)
                    .ToDictionary(pair => Word(pair.Key), pair => pair.Value),
                crystals.Count(crystal => crystal.End is null),
                crystals.Count(crystal => Math.Abs(crystal.VolumeChange ?? 0) > RelaxationResult.LargeVolumeChange)
            );
        }
    }
}
