using Kagome.Crystals.Structures;

namespace Kagome.Formats.Text;

/// <summary>One way to write crystals down as text.</summary>
public interface ITextFormat : IStructureFormat
{
    /// <summary>Whether texts written one after another are one file, so that crystals can be written as they come.</summary>
    bool CanAppend { get; }

    /// <summary>Whether entries are read one at a time, so that a file of any length is welcome.</summary>
    bool IsStreamed { get; }

    /// <summary>Reads crystals one after another, in the order of the file.</summary>
    /// <param name="reader">The text; the caller closes it.</param>
    /// <param name="path">What to call the text in messages and in the names of unnamed crystals.</param>
    /// <returns>An entry a crystal; one that cannot be used holds the reason, and reading goes on after it.</returns>
    /// <exception cref="StructureFormatException">While enumerating: the text as a whole cannot be read further.</exception>
    IEnumerable<DataSetEntry> Read(TextReader reader, string path);

    /// <summary>Writes crystals in the given order, atoms in the order of their sites unless the format says otherwise.</summary>
    /// <exception cref="ArgumentException">There is no record, or there are several and the format holds one.</exception>
    void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records);
}

/// <summary>Checks what callers ask a format to write.</summary>
internal static class FormatArguments
{
    /// <exception cref="ArgumentException">There is no record, or there are several and the format holds one.</exception>
    public static void CheckCount(IStructureFormat format, IReadOnlyList<CrystalRecord> records)
    {
        if (records.Count == 0)
        {
            throw new ArgumentException("There is no crystal to write; expected at least one.", nameof(records));
        }

        if (records.Count > 1 && !format.CanWriteSeveral)
        {
            throw new ArgumentException(
                $"There are {records.Count} crystals and {format.Name} holds one a file; write several files, or choose cif, extxyz or jsonl.",
                nameof(records)
            );
        }
    }
}
