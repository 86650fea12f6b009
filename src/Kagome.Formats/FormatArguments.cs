using Kagome.Core.Structures;

namespace Kagome.Formats;

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
