using Kagome.Core.Structures;

namespace Kagome.Formats;

/// <summary>What to do with the entries of a data set that hold no crystal.</summary>
public static class DataSetEntries
{
    /// <summary>The crystals alone, one at a time.</summary>
    /// <param name="entries">The entries of a data set.</param>
    /// <param name="onSkipped">Told of every entry that is left out, when it is met.</param>
    public static IEnumerable<CrystalRecord> Records(
        this IEnumerable<DataSetEntry> entries,
        Action<StructureFormatException> onSkipped
    )
    {
        foreach (DataSetEntry entry in entries)
        {
            if (entry.IsRecord)
            {
                yield return entry.Record;
            }
            else
            {
                onSkipped(entry.Problem);
            }
        }
    }

    /// <summary>The crystals, one at a time, where every entry has to be one.</summary>
    /// <exception cref="StructureFormatException">While enumerating: the first entry that holds no crystal.</exception>
    public static IEnumerable<CrystalRecord> RecordsOrThrow(this IEnumerable<DataSetEntry> entries) =>
        entries.Records(problem => throw problem);
}
