using System.IO.Enumeration;
using Kagome.Formats.Reading;

namespace Kagome.Formats;

/// <summary>A data set of many files.</summary>
internal static class DataSetFolder
{
    /// <summary>The entries of all files of known formats, in the ordinal order of their paths.</summary>
    /// <exception cref="StructureFormatException">While enumerating: no file is of a known format, or the folder may not be listed.</exception>
    public static IEnumerable<DataSetEntry> Read(string folder, ReadingPosition position)
    {
        string[] paths = Files(folder);
        if (paths.Length == 0)
        {
            throw new StructureFormatException(
                folder,
                line: null,
                "the folder holds no file of a known format; expected files such as NaCl.cif."
            );
        }

        return paths.SelectMany(path => Named(path, DataSet.ReadFile(path, StructureFormats.ForFile(path), position)));
    }

    private static string[] Files(string folder)
    {
        EnumerationOptions options = new()
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        FileSystemEnumerable<string> files = new(
            folder,
            (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
            options
        )
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            // a link to a folder above would never end
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        try
        {
            return
            [
                .. files.Where(path => StructureFormats.FindForFile(path) is not null).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StructureFormatException(
                folder,
                line: null,
                $"cannot be listed: {exception.Message} Check its permissions.",
                innerException: exception
            );
        }
    }

    /// <summary>Names the crystal of a file of one after the file: blocks inside are often called alike.</summary>
    private static IEnumerable<DataSetEntry> Named(string path, IEnumerable<DataSetEntry> entries)
    {
        string stem = SourceFile.Stem(path);
        DataSetEntry? first = null;
        int count = 0;
        foreach (DataSetEntry entry in entries)
        {
            if (++count == 1)
            {
                first = entry;
                continue;
            }

            if (count == 2)
            {
                yield return WithId(first!, id => $"{stem}/{id}");
            }

            yield return WithId(entry, id => $"{stem}/{id}");
        }

        if (count == 1)
        {
            yield return WithId(first!, _ => stem);
        }
    }

    private static DataSetEntry WithId(DataSetEntry entry, Func<string, string> name) =>
        entry.IsRecord ? new DataSetEntry(entry.Record with { Id = name(entry.Record.Id) }) : entry;
}
