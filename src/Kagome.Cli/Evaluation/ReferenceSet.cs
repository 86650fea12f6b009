using System.IO.Hashing;
using System.Text;
using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;
using Kagome.Evaluation.Scoring;
using Kagome.Formats;

namespace Kagome.Cli.Evaluation;

/// <summary>The crystals that are to be predicted.</summary>
/// <param name="Crystals">In the order of the data, each with a name of its own.</param>
/// <param name="CrystalsInSplit">How many there are without a limit.</param>
/// <param name="UnreadableEntries">Entries of the data that hold no crystal.</param>
/// <param name="Fingerprint">Changes with the crystals.</param>
internal sealed record ReferenceSet(
    IReadOnlyList<ReferenceCrystal> Crystals,
    int CrystalsInSplit,
    int UnreadableEntries,
    string Fingerprint
)
{
    /// <summary>The split that takes every entry.</summary>
    public const string AllSplits = "all";

    /// <summary>Reads the crystals of a split; entries that name none belong to each.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    /// <exception cref="StructureFormatException">The data cannot be read.</exception>
    public static ReferenceSet Read(EvaluateSettings settings, StructureMatcher matcher, SpaceGroupFinder? spaceGroups)
    {
        int unreadable = 0;
        CrystalRecord[] records = [.. DataSet.Read(settings.Data).Records(_ => unreadable++)];
        CrystalRecord[] ofSplit = WithOwnNames(records.Where(record => IsOf(record, settings.Split)));
        if (ofSplit.Length == 0)
        {
            throw new BadInputException(Nothing(settings, records, unreadable));
        }

        CrystalRecord[] chosen = Choose(ofSplit, settings.Limit);
        return new ReferenceSet(
            [.. chosen.Select(record => new ReferenceCrystal(record.Id, record.Structure, matcher, spaceGroups))],
            ofSplit.Length,
            unreadable,
            StructureFingerprint.Of(chosen)
        );
    }

    /// <summary>
    /// A place for a crystal that is as good as random, but always the same: so the crystals of a limit are also among those of a larger
    /// one, whatever the seed.
    /// </summary>
    public static ulong Order(string id) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(id));

    private static bool IsOf(CrystalRecord record, string split) =>
        split == AllSplits || record.Split is null || record.Split == split;

    private static CrystalRecord[] Choose(CrystalRecord[] records, int? limit)
    {
        HashSet<string> chosen = [.. records.Select(record => record.Id).OrderBy(Order).Take(limit ?? records.Length)];
        return [.. records.Where(record => chosen.Contains(record.Id))];
    }

    /// <summary>The second crystal of a name x becomes x#2.</summary>
    private static CrystalRecord[] WithOwnNames(IEnumerable<CrystalRecord> records)
    {
        Dictionary<string, int> seen = [];
        return
        [
            .. records.Select(record =>
            {
                int count = seen[record.Id] = seen.GetValueOrDefault(record.Id) + 1;
                return count == 1 ? record : record with { Id = $"{record.Id}#{count}" };
            }),
        ];
    }

    private static string Nothing(EvaluateSettings settings, CrystalRecord[] records, int unreadable)
    {
        if (records.Length == 0)
        {
            return $"{settings.Data} holds no crystal ({unreadable} entries cannot be read); `kagome info` says why.";
        }

        IEnumerable<string> splits = records
            .CountBy(record => record.Split!)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key} ({pair.Value})");
        return $"{settings.Data} has no crystal of the {settings.Split} split; it has {string.Join(", ", splits)}. Choose with --split, or take all with --split {AllSplits}.";
    }
}
