using System.Globalization;
using Kagome.Formats;

namespace Kagome.Campaigns;

/// <summary>What is there of a shard: its file where it is finished, else a file for each formula that is.</summary>
/// <remarks>
/// Nothing is locked. Any number of processes may work on the same shard: what each writes is whole, under its name at once, and the same. So whoever
/// finds something gone that was there looks whether the shard has been finished meanwhile.
/// </remarks>
internal sealed class ShardFolder(Campaign campaign, int shard)
{
    public const string FinishedName = "shards";
    public const string UnfinishedName = "work";

    private const string GoodEnd = ".json";
    private const string FailedEnd = ".failed.json";
    private const string ReopenedName = "reopened";
    private const int Attempts = 5;

    private readonly CampaignFormula[] formulas = [.. campaign.FormulasOf(shard)];

    public int Number => shard;

    public IReadOnlyList<CampaignFormula> Formulas => formulas;

    public string FinishedPath => campaign.PathOf(FinishedName, shard, ShardFile.End);

    private string SummaryPath => campaign.PathOf(FinishedName, shard, ShardSummary.End);

    private string Folder => campaign.PathOf(UnfinishedName, shard, "");

    private string ReopenedPath => Path.Combine(Folder, ReopenedName + ShardFile.End);

    private string ReopenedSummaryPath => Path.Combine(Folder, ReopenedName + ShardSummary.End);

    /// <summary>The summary of a finished shard, which is made again where it is missing; null where the shard is not finished.</summary>
    /// <exception cref="ShardDamagedException">Its file is damaged.</exception>
    public ShardSummary? Summary()
    {
        FileInfo file = new(FinishedPath);
        if (!file.Exists)
        {
            return null;
        }

        ShardSummary? kept = ShardSummary.Read(SummaryPath, campaign.Fingerprint);
        return kept?.Bytes == file.Length && kept.Shard == shard ? kept : Verify();
    }

    /// <summary>As <see cref="Summary"/>, from the shard's file itself.</summary>
    /// <exception cref="ShardDamagedException">Its file is damaged.</exception>
    public ShardSummary? Verify()
    {
        ShardSummary? summary = ShardFile.Verify(campaign, shard);
        ShardSummary? kept = ShardSummary.Read(SummaryPath, campaign.Fingerprint);
        if (summary is not null && (summary.Bytes, summary.Sha256) != (kept?.Bytes, kept?.Sha256))
        {
            TryTo(() => summary.Write(SummaryPath, campaign.Fingerprint)); // it may be made again
        }

        return summary;
    }

    /// <summary>Results of a finished shard, one at a time; where its file turns out to be damaged, its summary is not believed any more.</summary>
    /// <exception cref="ShardDamagedException">While enumerating: its file is damaged.</exception>
    public IEnumerable<FormulaLineResult> Finished()
    {
        using IEnumerator<FormulaLineResult> results = ShardFile.Read(campaign, shard, FinishedPath).GetEnumerator();
        while (true)
        {
            try
            {
                if (!results.MoveNext())
                {
                    yield break;
                }
            }
            catch (ShardDamagedException)
            {
                TryTo(() => File.Delete(SummaryPath));
                throw;
            }

            yield return results.Current;
        }
    }

    /// <summary>Results of an unfinished shard that need not be worked out again, by formula.</summary>
    public Dictionary<int, FormulaLineResult> Results()
    {
        Dictionary<int, FormulaLineResult> found = [];
        foreach (string path in new[] { ReopenedPath, FinishedPath })
        {
            foreach (FormulaLineResult result in ShardFile.Salvage(campaign, shard, path))
            {
                if (!result.IsFailed || path == FinishedPath)
                {
                    found.TryAdd(result.Head.Index, result);
                }
            }
        }

        foreach (CampaignFormula formula in formulas)
        {
            if (!found.ContainsKey(formula.Index) && Read(formula) is { } result)
            {
                found[formula.Index] = result;
            }
        }

        return found;
    }

    /// <summary>The result of a formula in a file of its own; null where there is none, or a damaged one.</summary>
    public FormulaLineResult? Read(CampaignFormula formula) =>
        Read(formula, GoodEnd) is { IsFailed: false } good ? good
        : Read(formula, FailedEnd) is { IsFailed: true } failed ? failed
        : null;

    /// <summary>Keeps the result of a formula.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Add(FormulaResult result)
    {
        byte[] line = SealedLine.OfShard(campaign.Fingerprint, result);
        string path = PathOf(formulas[result.Index - formulas[0].Index], result.Problem is null ? GoodEnd : FailedEnd);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Folder);
                AtomicFile.Write(path, line);
                return;
            }
            catch (IOException exception)
                when (exception is FileNotFoundException or DirectoryNotFoundException && attempt < Attempts)
            {
                // another process has just finished the shard, or taken the temporary file for one that was left behind
            }
        }
    }

    /// <summary>Puts results together to the file of a finished shard.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public ShardSummary Finish(IReadOnlyDictionary<int, FormulaLineResult> results)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FinishedPath)!);
        ShardSummary summary = ShardFile.Write(
            campaign,
            shard,
            FinishedPath,
            [.. formulas.Select(formula => results[formula.Index])]
        );
        TryTo(() => summary.Write(SummaryPath, campaign.Fingerprint));
        return summary;
    }

    /// <summary>Removes what is of no use any more; others may do the same.</summary>
    public void Clear()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (CampaignFormula formula in formulas)
        {
            TryTo(() => File.Delete(PathOf(formula, GoodEnd)));
            TryTo(() => File.Delete(PathOf(formula, FailedEnd)));
        }

        foreach (string path in new[] { ReopenedPath, ReopenedSummaryPath })
        {
            TryTo(() => File.Delete(path));
        }

        TryTo(() =>
        {
            foreach (string path in Directory.EnumerateFiles(Folder, ".*.tmp"))
            {
                TryTo(() => File.Delete(path));
            }
        });
        TryTo(() => Directory.Delete(Folder));
    }

    /// <summary>How many formulas of an unfinished shard are done and how many of them failed, by names alone, and why these did.</summary>
    public (int Done, int Failed, IReadOnlyList<FailureGroup> Failures) Count()
    {
        HashSet<string> names = Directory.Exists(Folder)
            ? [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileName(path))]
            : [];
        int reopened = File.Exists(ReopenedPath) ? ReopenedCount() : 0;
        FormulaLineResult[] failures =
        [
            .. formulas
                .Where(formula => names.Contains(NameOf(formula, FailedEnd)))
                .Select(Read)
                .OfType<FormulaLineResult>()
                .Where(result => result.IsFailed),
        ];
        int own = names
            .Where(name => char.IsAsciiDigit(name[0]))
            .Select(name => name.Split('.')[0])
            .Distinct(StringComparer.Ordinal)
            .Count();
        return (
            Math.Min(own + reopened, formulas.Length),
            failures.Length,
            FailureGroup.Of(failures.Select(failure => failure.Head))
        );
    }

    /// <summary>Opens what failed again: one move of the shard's file, so that nothing is lost whenever it is stopped.</summary>
    /// <returns>How many formulas are to be done again.</returns>
    /// <exception cref="ShardDamagedException">The shard's file is damaged.</exception>
    public int Reopen()
    {
        ShardSummary? summary = Summary();
        if (summary is { Failed: > 0 })
        {
            Clear();
            Directory.CreateDirectory(Folder);
            TryTo(() => File.Move(SummaryPath, ReopenedSummaryPath, overwrite: true));
            File.Move(FinishedPath, ReopenedPath, overwrite: true);
            return summary.Failed;
        }

        string[] failed =
            summary is null && Directory.Exists(Folder) ? Directory.GetFiles(Folder, $"*{FailedEnd}") : [];
        Array.ForEach(failed, File.Delete);
        return failed.Length;
    }

    private int ReopenedCount() =>
        ShardSummary.Read(ReopenedSummaryPath, campaign.Fingerprint) is { } summary
            ? summary.Formulas - summary.Failed
            : ShardFile.Salvage(campaign, shard, ReopenedPath).Count(result => !result.IsFailed);

    private FormulaLineResult? Read(CampaignFormula formula, string end)
    {
        try
        {
            return FormulaLineResult.Read(campaign, [formula], File.ReadAllBytes(PathOf(formula, end)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(CampaignFormula formula, string end) => Path.Combine(Folder, NameOf(formula, end));

    private static string NameOf(CampaignFormula formula, string end) =>
        string.Create(CultureInfo.InvariantCulture, $"{formula.Index:D7}{end}");

    /// <summary>What another process may do at the same time, or can be done later.</summary>
    private static void TryTo(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // see above
        }
    }
}
