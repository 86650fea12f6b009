using System.Diagnostics.CodeAnalysis;
using Kagome.Crystals.Structures;

namespace Kagome.Formats.Text;

/// <summary>An entry of a data set: a crystal, or the reason why there is none.</summary>
public sealed class DataSetEntry
{
    /// <summary>An entry that is a crystal.</summary>
    public DataSetEntry(CrystalRecord record) => Record = record;

    /// <summary>An entry that cannot be used.</summary>
    /// <param name="problem">Why not, and where in the file.</param>
    public DataSetEntry(StructureFormatException problem) => Problem = problem;

    /// <summary>The crystal with its name and labels; null where there is none.</summary>
    public CrystalRecord? Record { get; }

    /// <summary>Why there is no crystal; null where there is one.</summary>
    public StructureFormatException? Problem { get; }

    /// <summary>Whether the entry is a crystal: then <see cref="Record"/> is there, otherwise <see cref="Problem"/>.</summary>
    [MemberNotNullWhen(true, nameof(Record))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsRecord => Record is not null;

    /// <summary>The entry of a crystal that is read by <paramref name="read"/>, or of the problem that this meets.</summary>
    internal static DataSetEntry Of(Func<CrystalRecord> read) => OfSome(read)!;

    /// <summary>As <see cref="Of"/>, where there may be nothing to read: null for nothing.</summary>
    internal static DataSetEntry? OfSome(Func<CrystalRecord?> read)
    {
        try
        {
            return read() is { } record ? new DataSetEntry(record) : null;
        }
        catch (StructureFormatException problem)
        {
            return new DataSetEntry(problem);
        }
    }
}
