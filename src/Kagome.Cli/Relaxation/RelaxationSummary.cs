using Kagome.Sampling.Relaxation;

namespace Kagome.Cli.Relaxation;

/// <summary>What became of all crystals.</summary>
/// <param name="Crystals">How many there were.</param>
/// <param name="Lowered">With a lower energy than before.</param>
/// <param name="StillMatching">The same crystal as before, to the structure matcher.</param>
/// <param name="MeanEnergyChange">Of those that were relaxed, in the model's unit; null where there is none.</param>
/// <param name="Ends">How many stopped for each reason.</param>
/// <param name="NotRelaxed">Invalid, or beyond the model.</param>
internal sealed record RelaxationSummary(
    int Crystals,
    int Lowered,
    int StillMatching,
    double? MeanEnergyChange,
    IReadOnlyDictionary<string, int> Ends,
    int NotRelaxed
)
{
    public static RelaxationSummary Of(IReadOnlyList<RelaxationReport> reports)
    {
        double[] changes = [.. reports.Select(report => report.EnergyAfter - report.EnergyBefore).OfType<double>()];
        return new RelaxationSummary(
            reports.Count,
            changes.Count(change => change < 0),
            reports.Count(report => report.StillMatches),
            changes.Length > 0 ? changes.Average() : null,
            reports
                .Select(report => report.End)
                .OfType<RelaxationEnd>()
                .CountBy(end => end)
                .OrderBy(pair => pair.Key)
                .ToDictionary(pair => Word(pair.Key), pair => pair.Value),
            reports.Count(report => report.End is null)
        );
    }

    public static string Word(RelaxationEnd end) =>
        end switch
        {
            RelaxationEnd.Converged => "converged",
            RelaxationEnd.IterationLimit => "iteration limit",
            RelaxationEnd.Guard => "guard",
            RelaxationEnd.NoLowerEnergy => "no lower energy",
            _ => "diverged",
        };
}
