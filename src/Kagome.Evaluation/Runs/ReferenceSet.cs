using System.IO.Hashing;
using System.Text;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Evaluation.Scoring;
using Kagome.Formats;
using Kagome.Work;

namespace Kagome.Evaluation;

/// <summary>The crystals that are to be predicted.</summary>
/// <param name="Crystals">In the order of the data, each with a name of its own.</param>
/// <param name="InSplit">All that there are without a limit, in the order of the data.</param>
/// <param name="UnreadableEntries">Entries of the data that hold no crystal.</param>
/// <param name="Fingerprint">Changes with the crystals.</param>
internal sealed record ReferenceSet(
    IReadOnlyList<ReferenceCrystal> Crystals,
    IReadOnlyList<NamedComposition> InSplit,
    int UnreadableEntries,
    string Fingerprint
)
{
    private const string EnergyLabel = "e_hull";

    /// <summary>How many crystals there are without a limit.</summary>
    public int CrystalsInSplit => InSplit.Count;

    /// <summary>Reads the crystals of a split; entries that name none belong to each.</summary>
    /// <exception cref="InputException">There is none, or none of a formula with several.</exception>
    /// <exception cref="StructureFormatException">The data cannot be read.</exception>
    public static ReferenceSet Read(
        EvaluationOptions options,
        StructureMatcher matcher,
        SpaceGroupFinder? spaceGroups,
        CancellationToken cancellation
    )
    {
        CrystalReader reader = new(options.Data);
        CrystalRecord[] records = [.. reader.Read(cancellation)];
        CrystalRecord[] ofSplit =
        [
            .. records.Where(record =>
                options.Split == EvaluationOptions.AllSplits || record.Split is null || record.Split == options.Split
            ),
        ];
        return ofSplit.Length > 0
            ? Of(ofSplit, options, reader.UnreadableCount, matcher, spaceGroups)
            : throw Nothing(options, records, reader.UnreadableCount);
    }

    /// <summary>Gives every crystal a name of its own, and chooses as many as the limit allows.</summary>
    /// <param name="records">At least one.</param>
    /// <param name="options">Say how many there are to be, and of which formulas.</param>
    /// <param name="unreadable">Entries beside them that hold no crystal.</param>
    /// <param name="matcher">Prepares them for comparison.</param>
    /// <param name="spaceGroups">Null where space groups are not to be had.</param>
    public static ReferenceSet Of(
        IReadOnlyList<CrystalRecord> records,
        EvaluationOptions options,
        int unreadable,
        StructureMatcher matcher,
        SpaceGroupFinder? spaceGroups
    )
    {
        CrystalRecord[] named = WithOwnNames(records);
        IEnumerable<string> order =
            options.PolymorphsOnly ? Polymorphs(named)
            : options.FormulaOnly ? NearestToHull(named).OrderBy(Order)
            : named.Select(record => record.Id).OrderBy(Order);
        HashSet<string> ids = [.. order.Take(options.Limit ?? named.Length)];
        if (ids.Count == 0)
        {
            throw new InputException(
                $"{nameof(options.PolymorphsOnly)}: no formula of {options.Data} has several structures ({named.Length} crystals). Leave it out.",
                options.Data,
                nameof(options.PolymorphsOnly)
            );
        }

        CrystalRecord[] chosen = [.. named.Where(record => ids.Contains(record.Id))];
        return new ReferenceSet(
            [
                .. chosen.Select(record => new ReferenceCrystal(record.Id, record.Structure, matcher, spaceGroups)
                {
                    EnergyAboveHull = record.Labels.TryGetValue(EnergyLabel, out double energy) ? energy : null,
                }),
            ],
            [.. named.Select(record => new NamedComposition(record.Id, record.Structure.Composition))],
            unreadable,
            DataSetFingerprint.Of(chosen)
        );
    }

    /// <summary>
    /// A place for a crystal that is as good as random, but always the same: so the crystals of a limit are also among those of a larger
    /// one, whatever the seed.
    /// </summary>
    public static ulong Order(string id) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(id));

    /// <summary>The names of crystals whose formula has others, formula by formula in an order that is as good as random.</summary>
    private static IEnumerable<string> Polymorphs(IEnumerable<CrystalRecord> records) =>
        records
            .GroupBy(record => record.Structure.Composition.ReducedFormula)
            .Where(formula => formula.Skip(1).Any())
            .OrderBy(formula => Order(formula.Key))
            .SelectMany(formula => formula.Select(record => record.Id));

    /// <summary>The name of one crystal of each formula.</summary>
    private static IEnumerable<string> NearestToHull(IEnumerable<CrystalRecord> records) =>
        records
            .GroupBy(record => record.Structure.Composition.ReducedFormula)
            .Select(formula =>
                formula.MinBy(record => record.Labels.GetValueOrDefault(EnergyLabel, double.MaxValue))!.Id
            );

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

    private static InputException Nothing(EvaluationOptions options, CrystalRecord[] records, int unreadable)
    {
        if (records.Length == 0)
        {
            return new InputException(
                $"{options.Data} holds no crystal ({unreadable} entries cannot be read); `kagome info` says why.",
                options.Data
            );
        }

        IEnumerable<string> splits = records
            .CountBy(record => record.Split!)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key} ({pair.Value})");
        return new InputException(
            $"{options.Data} has no crystal of the {options.Split} split; it has {string.Join(", ", splits)}. Choose with {nameof(options.Split)}, or take all with {nameof(options.Split)} {EvaluationOptions.AllSplits}.",
            options.Split,
            nameof(options.Split)
        );
    }
}

/// <summary>What a crystal of the data is made of.</summary>
/// <param name="Id">Its own name.</param>
/// <param name="Composition">All atoms of its cell.</param>
internal sealed record NamedComposition(string Id, Composition Composition);
