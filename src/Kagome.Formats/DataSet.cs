using Kagome.Formats.JsonLines;
using Kagome.Formats.Reading;

namespace Kagome.Formats;

/// <summary>Crystals with their labels, in a file.</summary>
public static class DataSet
{
    /// <summary>Reads the entries of a file one at a time: a file of any length takes little memory.</summary>
    /// <exception cref="StructureFormatException">While enumerating: the file cannot be opened, or not read to its end.</exception>
    public static IEnumerable<DataSetEntry> Read(string path)
    {
        using TextReader reader = SourceFile.Open(path, isStreamed: true);
        foreach (DataSetEntry entry in new JsonLinesFormat().Read(reader, path))
        {
            yield return entry;
        }
    }
}
