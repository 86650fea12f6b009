using Kagome.Cli.Views;

namespace Kagome.Benchmarks.Campaigns;

/// <summary>What `kagome bench campaign` found.</summary>
/// <param name="Formulas">Planned.</param>
/// <param name="Shards">They are in.</param>
/// <param name="PlanningSeconds">From a file of formulas to a plan, models loaded.</param>
/// <param name="StatusSeconds">Of all shards, once all are finished.</param>
/// <param name="Merges">Into each format.</param>
internal sealed record CampaignBenchReport(
    int Formulas,
    int Shards,
    double PlanningSeconds,
    double StatusSeconds,
    IReadOnlyList<CampaignBenchReport.Merge> Merges
) : IBenchmarkReport
{
    /// <summary>A merge.</summary>
    /// <param name="Name">Of the file.</param>
    /// <param name="Crystals">Merged.</param>
    /// <param name="CrystalsPerSecond">From shards to the file.</param>
    /// <param name="HeapMegabytes">Most that the heap grew by.</param>
    /// <param name="FileMegabytes">Of the file.</param>
    internal sealed record Merge(
        string Name,
        long Crystals,
        double CrystalsPerSecond,
        double HeapMegabytes,
        double FileMegabytes
    );

    public void Write(TextWriter output)
    {
        TextTable.Write(
            output,
            [
                ("planned", $"{Formulas} formulas in {PlanningSeconds:F1} s"),
                ("status", $"of {Shards} shards in {StatusSeconds:F2} s"),
            ]
        );
        TextTable table = new("merged", "crystals", "crystals/s", "heap MB", "file MB") { IsRightAligned = true };
        foreach (Merge merge in Merges)
        {
            table.Add(
                merge.Name,
                $"{merge.Crystals}",
                $"{merge.CrystalsPerSecond:F0}",
                $"{merge.HeapMegabytes:F0}",
                $"{merge.FileMegabytes:F0}"
            );
        }

        table.Write(output);
    }
}
