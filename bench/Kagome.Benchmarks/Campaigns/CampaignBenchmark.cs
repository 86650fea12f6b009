using Kagome.Benchmarks.Measuring;
using Kagome.Campaigns;
using Kagome.Campaigns.Merging;
using Kagome.Campaigns.Tests;
using Kagome.Cli.Options;
using Kagome.Crystals.Elements;

namespace Kagome.Benchmarks.Campaigns;

/// <summary>Planning, looking at and merging a campaign of made-up results.</summary>
internal sealed class CampaignBenchmark(
    CampaignBenchSettings settings,
    MeasurementClock clock,
    Action<string> tell,
    CancellationToken cancellation
)
{
    private static readonly string[] Files = ["results.parquet", "results.db", "results.jsonl"];

    public CampaignBenchReport Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("kagome-bench-");
        try
        {
            return Run(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private CampaignBenchReport Run(string folder)
    {
        tell($"campaign: planning {settings.Formulas} formulas");
        string list = Path.Combine(folder, "formulas.txt");
        File.WriteAllLines(list, Formulas().Take(settings.Formulas));
        ModelOptions models = new() { Generator = settings.Model, Folder = ModelFolder.Path };
        using CrystalPredictor predictor = CrystalPredictor.Load(models);
        CampaignSettings plan = new() { ShardSize = settings.Formulas / settings.Shards };
        string path = Path.Combine(folder, "campaign");
        double planning = Seconds(() =>
            CampaignPlanner.Create(path, FormulaFile.Read(list), plan, predictor, models, cancellation: cancellation)
        );
        Campaign campaign = Campaign.Open(path);
        for (int shard = 0; shard < campaign.ShardCount; shard++)
        {
            cancellation.ThrowIfCancellationRequested();
            tell($"campaign: made-up results of shard {shard}");
            Finish(campaign, shard);
        }

        tell("campaign: status");
        double status = Seconds(() => CampaignStatus.Read(Campaign.Open(path)));
        return new CampaignBenchReport(
            campaign.Formulas.Count,
            campaign.ShardCount,
            planning,
            status,
            [.. Files.Select(name => Merge(campaign, Path.Combine(folder, name)))]
        );
    }

    private CampaignBenchReport.Merge Merge(Campaign campaign, string path)
    {
        tell($"campaign: merging into {Path.GetFileName(path)}");
        const int Glance = 1000;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = before;
        CampaignSummary? summary = null;
        double seconds = Seconds(() =>
            summary = CampaignMerger
                .MergeAsync(campaign, path, progress: new Watch(Note), cancellation: cancellation)
                .GetAwaiter()
                .GetResult()
        );
        const double Megabyte = 1e6;
        return new CampaignBenchReport.Merge(
            Path.GetFileName(path),
            summary!.Crystals,
            summary.Crystals / seconds,
            (most - before) / Megabyte,
            new FileInfo(path).Length / Megabyte
        );

        void Note(WorkProgress progress)
        {
            if (progress.Done % Glance == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            }
        }
    }

    private void Finish(Campaign campaign, int shard)
    {
        ShardFolder folder = new(campaign, shard);
        CampaignFormula[] formulas = [.. folder.Formulas];
        folder.Finish(
            formulas
                .Select(formula =>
                    FormulaLineResult.Read(
                        campaign,
                        [formula],
                        SealedLine.Of(campaign.Fingerprint, SyntheticResults.Of(formula, settings.Crystals))
                    )!
                )
                .ToDictionary(result => result.Head.Index)
        );
    }

    /// <summary>Oxides of two other elements.</summary>
    private static IEnumerable<string> Formulas()
    {
        const int Heaviest = 92;
        const int MostOxygen = 9;
        Element[] elements = [.. Element.All.Where(element => element.AtomicNumber is <= Heaviest and not 8)];
        return from oxygen in Enumerable.Range(1, MostOxygen)
            from count in Enumerable.Range(1, 3)
            from first in elements
            from second in elements
            where first.AtomicNumber < second.AtomicNumber
            select $"{first}{second}{count}O{oxygen}";
    }

    private double Seconds(Action work)
    {
        long begin = clock.Wall.GetTimestamp();
        work();
        return clock.Wall.GetElapsedTime(begin).TotalSeconds;
    }

    private sealed class Watch(Action<WorkProgress> note) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => note(value);
    }
}
