using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests;

/// <summary>Reads and writes crystals without files.</summary>
internal static class FormatText
{
    public static DataSetEntry[] Read(IStructureFormat format, string text, string path = "file")
    {
        using StringReader reader = new(text);
        return [.. ((ITextFormat)format).Read(reader, path)];
    }

    public static Structure ReadOne(IStructureFormat format, string text) => ReadRecord(format, text).Structure;

    public static CrystalRecord ReadRecord(IStructureFormat format, string text)
    {
        DataSetEntry entry = Assert.Single(Read(format, text));
        Assert.True(entry.IsRecord, entry.Problem?.Message);
        return entry.Record!;
    }

    /// <summary>The message of the one problem that a text meets, as an entry or as a whole.</summary>
    public static StructureFormatException ProblemOf(IStructureFormat format, string text, string path = "file")
    {
        try
        {
            DataSetEntry[] entries = Read(format, text, path);
            return Assert.Single(entries, entry => !entry.IsRecord).Problem!;
        }
        catch (StructureFormatException problem)
        {
            return problem;
        }
    }

    public static string Write(IStructureFormat format, params CrystalRecord[] records)
    {
        using StringWriter writer = new();
        ((ITextFormat)format).Write(writer, records);
        return writer.ToString();
    }
}
