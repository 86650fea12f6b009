using Kagome.Cli.Energies;
using Kagome.Cli.Output;

namespace Kagome.Cli.Relaxation;

/// <summary>Relaxations on the screen.</summary>
internal static class RelaxationTable
{
    private const int MostRows = 40;

    public static void Print(
        TextWriter output,
        EnergyModel model,
        IReadOnlyList<RelaxationReport> reports,
        RelaxationSummary summary,
        string folder
    )
    {
        TextTable table = new(
            "id",
            "cell",
            $"before, {model.Scaler.Unit}",
            "after",
            "steps",
            "end",
            "volume",
            "remark"
        );
        foreach (RelaxationReport report in reports.Take(MostRows))
        {
            table.Add(
                report.Id,
                report.Formula,
                report.EnergyBefore?.ToString("F3") ?? "-",
                report.EnergyAfter?.ToString("F3") ?? "-",
                $"{report.Iterations}",
                report.End is { } end ? RelaxationSummary.Word(end) : "not relaxed",
                report.VolumeChange?.ToString("+0.0%;-0.0%;0.0%") ?? "-",
                report.Problem ?? string.Join("; ", report.Concerns)
            );
        }

        table.Write(output);
        if (reports.Count > MostRows)
        {
            output.WriteLine($"… and {reports.Count - MostRows} more in {folder}.");
        }

        string ends = string.Join(", ", summary.Ends.Select(pair => $"{pair.Value} {pair.Key}"));
        output.WriteLine(
            $"{summary.Crystals} crystals: {summary.Lowered} lower than before ({summary.MeanEnergyChange?.ToString("F4") ?? "-"} {model.Scaler.Unit} on average), "
                + $"{summary.StillMatching} still the same crystal; {(ends.Length > 0 ? ends : "none relaxed")}; {summary.NotRelaxed} not relaxed; in {folder}"
        );
    }
}
