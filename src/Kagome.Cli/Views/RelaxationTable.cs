using Kagome.Output;

namespace Kagome.Cli.Views;

/// <summary>Relaxations on the screen.</summary>
internal static class RelaxationTable
{
    private const int MostRows = 40;

    public static void Print(TextWriter output, RelaxationDocument document, string folder)
    {
        (RelaxationDocument.Counts summary, IReadOnlyList<RelaxationDocument.Entry> reports) = (
            document.Summary,
            document.Crystals
        );
        TextTable table = new("id", "cell", $"before, {document.Unit}", "after", "steps", "end", "volume", "remark");
        foreach (RelaxationDocument.Entry report in reports.Take(MostRows))
        {
            table.Add(
                report.Id,
                report.Formula,
                report.EnergyBefore?.ToString("F3") ?? "-",
                report.EnergyAfter?.ToString("F3") ?? "-",
                $"{report.Iterations}",
                report.End is { } end ? RelaxationDocument.Word(end) : "not relaxed",
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
        string shrunk =
            summary.LargeVolumeChanges > 0
                ? $"; {summary.LargeVolumeChanges} changed their volume by more than {RelaxationResult.LargeVolumeChange:P0}, which is to be doubted"
                : "";
        output.WriteLine(
            $"{summary.Crystals} crystals: {summary.Lowered} lower than before ({summary.MeanEnergyChange?.ToString("F4") ?? "-"} {document.Unit} on average), "
                + $"{summary.StillMatching} still the same crystal; {(ends.Length > 0 ? ends : "none relaxed")}; {summary.NotRelaxed} not relaxed{shrunk}; in {folder}"
        );
    }
}
