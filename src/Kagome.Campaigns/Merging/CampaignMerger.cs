using Kagome.Formats;
using Kagome.Formats.Ase;

namespace Kagome.Campaigns.Merging;

/// <summary>Puts the results of a campaign into one file, in the order of its formulas.</summary>
/// <remarks>Takes little memory, however many there are. The same results give the same bytes. Safe to use from several threads, each with a file of its own.</remarks>
public static class CampaignMerger
{
    /// <summary>So many formulas are read ahead, some hundred kilobytes.</summary>
    private const int MostAhead = 32;

    /// <summary>What the option is called in messages.</summary>
    private const string PartOption = "takesPart";

    /// <summary>Refuses a name that tells no format that results are merged into.</summary>
    /// <param name="path">Of the file.</param>
    /// <exception cref="InputException">It ends in something else.</exception>
    public static void RequireFormat(string path) => _ = FormatOf(path);

    /// <summary>Merges results.</summary>
    /// <param name="campaign">Whose.</param>
    /// <param name="path">A name that ends in .parquet, .db (of ASE), .jsonl or .jsonl.gz (of OPTIMADE). A file of that name is replaced.</param>
    /// <param name="takesPart">Whether a campaign that is not complete is merged as far as it is; otherwise it is refused.</param>
    /// <param name="progress">Hears how many formulas are merged.</param>
    /// <param name="cancellation">Stops between formulas; no file is left.</param>
    /// <returns>What there was, in figures.</returns>
    /// <exception cref="InputException">The campaign is not complete, has no crystal, or the name tells no format.</exception>
    /// <exception cref="ShardDamagedException">A shard's file is damaged; no file is left.</exception>
    /// <exception cref="StructureFormatException">The file cannot be written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<CampaignSummary> MergeAsync(
        Campaign campaign,
        string path,
        bool takesPart = false,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(campaign);
        Format format = FormatOf(path);
        CampaignStatus status = CampaignStatus.Read(campaign);
        if (!status.IsComplete && !takesPart)
        {
            throw new InputException(
                $"{campaign.Folder} is not complete: {status.Done} of {status.Formulas} formulas are done, {status.Shards.Count(shard => shard.State == ShardState.Finished)} of {status.Shards.Count} shards finished. Run the others first, or merge what there is: {PartOption}.",
                status.ToDo,
                PartOption
            );
        }

        RequireFolder(path);
        IResultTarget target = await OpenAsync(format, path, campaign).ConfigureAwait(false);
        await using (target.ConfigureAwait(false))
        {
            SummaryCounter counter = new(campaign);
            int done = 0;
            foreach (
                (CampaignFormula formula, FormulaResult result) in ReadAhead.Of(Results(campaign, takesPart), MostAhead)
            )
            {
                cancellation.ThrowIfCancellationRequested();
                string name = formula.Name;
                MergedCrystal[] crystals =
                [
                    .. result.Crystals.Select(crystal => new MergedCrystal(formula, name, crystal)),
                ];
                foreach (MergedCrystal crystal in crystals)
                {
                    await target.AddAsync(crystal).ConfigureAwait(false);
                }

                counter.Add(formula, result, crystals.FirstOrDefault());
                progress?.Report(new WorkProgress("merging", ++done, status.Done, "formulas"));
            }

            CampaignSummary summary = counter.ToSummary();
            if (summary.Crystals == 0)
            {
                throw new InputException(
                    $"{campaign.Folder} has no crystal to merge: {summary.Done} formulas are done, {summary.Failed.Count} of them failed.",
                    summary.Done
                );
            }

            await target.CompleteAsync().ConfigureAwait(false);
            return summary;
        }
    }

    /// <exception cref="InputException">There is no such folder.</exception>
    private static void RequireFolder(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{path} cannot be written: there is no folder {folder}. Make it first.", path);
        }
    }

    private static Format FormatOf(string path) =>
        path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? Format.Parquet
        : path.EndsWith(".db", StringComparison.OrdinalIgnoreCase) ? Format.Ase
        : path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase)
            ? Format.Optimade
        : throw new InputException(
            $"{path} tells no format that results are merged into; expected a name that ends in .parquet, .db (a database of ASE), .jsonl or .jsonl.gz (OPTIMADE).",
            path
        );

    private static async Task<IResultTarget> OpenAsync(Format format, string path, Campaign campaign) =>
        format switch
        {
            Format.Parquet => await ParquetTarget.CreateAsync(path, campaign.Models.Program).ConfigureAwait(false),
            Format.Ase => new CrystalTarget(new DataSetSink(new DataSetWriter(path, new AseDatabaseFormat()))),
            _ => new CrystalTarget(new OptimadeFile(path, MergedCrystal.Labels)),
        };

    /// <summary>Results in the order of the plan, one at a time.</summary>
    private static IEnumerable<(CampaignFormula Formula, FormulaResult Result)> Results(
        Campaign campaign,
        bool takesPart
    )
    {
        for (int shard = 0; shard < campaign.ShardCount; shard++)
        {
            ShardFolder folder = new(campaign, shard);
            string path = folder.FinishedPath;
            IEnumerable<FormulaLineResult> lines =
                File.Exists(path) || !takesPart
                    ? folder.Finished()
                    : folder.Results().Values.OrderBy(result => result.Head.Index);
            foreach (FormulaLineResult line in lines)
            {
                yield return (
                    folder.Formulas[line.Head.Index - folder.Formulas[0].Index],
                    SealedLine.Read<FormulaResult>(line.Line)
                        ?? throw new ShardDamagedException(
                            path,
                            $"the result of {line.Head.Formula} is of another kind"
                        )
                );
            }
        }
    }

    private enum Format
    {
        Parquet,
        Ase,
        Optimade,
    }
}
