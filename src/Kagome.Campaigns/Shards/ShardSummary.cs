using Kagome.Formats;

namespace Kagome.Campaigns;

/// <summary>What a finished shard came to, in a small file beside its own, so that nobody has to read that: it can be made again at any time.</summary>
/// <param name="Shard">From 0.</param>
/// <param name="Formulas">How many it has.</param>
/// <param name="Failed">How many of them came to nothing.</param>
/// <param name="Crystals">How many are kept.</param>
/// <param name="Failures">Why, the most frequent first.</param>
/// <param name="Bytes">The length of the shard's file; where it is another one, the summary is of an earlier file.</param>
/// <param name="Sha256">Of the file's content.</param>
internal sealed record ShardSummary(
    int Shard,
    int Formulas,
    int Failed,
    int Crystals,
    IReadOnlyList<FailureGroup> Failures,
    long Bytes,
    string Sha256
)
{
    public const string End = ".json";

    public static ShardSummary Of(int shard, IEnumerable<FormulaLineResult> results, long bytes, string sha256)
    {
        FormulaLineResult[] all = [.. results];
        return new ShardSummary(
            shard,
            all.Length,
            all.Count(result => result.IsFailed),
            all.Sum(result => result.Head.Crystals.Count),
            FailureGroup.Of(all.Select(result => result.Head)),
            bytes,
            sha256
        );
    }

    public void Write(string path, string campaign) => AtomicFile.Write(path, SealedLine.Of(campaign, this));

    /// <summary>Null where there is none, or a damaged one.</summary>
    public static ShardSummary? Read(string path, string campaign)
    {
        try
        {
            byte[] line = File.ReadAllBytes(path);
            return SealedLine.IsWhole(campaign, line) ? SealedLine.Read<ShardSummary>(line) : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>Formulas that came to nothing for the same reason.</summary>
/// <param name="Problem">The reason.</param>
/// <param name="Count">How many.</param>
/// <param name="Formulas">The first of them.</param>
public sealed record FailureGroup(FormulaProblem Problem, int Count, IReadOnlyList<string> Formulas)
{
    /// <summary>More are counted and not named.</summary>
    public const int MostNamed = 5;

    internal static IReadOnlyList<FailureGroup> Of(IEnumerable<LineHead> heads) =>
        Merge(
            heads
                .Where(head => head.Problem is not null)
                .Select(head => new FailureGroup(
                    head.Problem!,
                    1,
                    [$"{new CampaignFormula(head.Index, head.Formula, head.Atoms)}"]
                ))
        );

    /// <summary>Those of one reason as one group, the most frequent first.</summary>
    internal static IReadOnlyList<FailureGroup> Merge(IEnumerable<FailureGroup> groups) =>
        [
            .. groups
                .GroupBy(group => group.Problem.Message, StringComparer.Ordinal)
                .Select(same => new FailureGroup(
                    same.First().Problem,
                    same.Sum(group => group.Count),
                    [.. same.SelectMany(group => group.Formulas).Take(MostNamed)]
                ))
                .OrderByDescending(group => group.Count)
                .ThenBy(group => group.Problem.Message, StringComparer.Ordinal),
        ];
}
