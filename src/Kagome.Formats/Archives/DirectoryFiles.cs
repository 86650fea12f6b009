using System.IO.Enumeration;
using Kagome.Formats.Text;

namespace Kagome.Formats.Archives;

/// <summary>The files of a folder and of those within; links to folders are passed over.</summary>
internal sealed class DirectoryFiles(string folder) : IFileSet
{
    public string Location => folder;

    public bool IsArchive => false;

    public IReadOnlyList<FileSetEntry> List()
    {
        EnumerationOptions options = new()
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        FileSystemEnumerable<FileSetEntry> files = new(
            folder,
            (ref entry) => new FileSetEntry(NameOf(entry.ToSpecifiedFullPath()), entry.Length),
            options
        )
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            // a link to a folder above would never end
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        try
        {
            return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
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

    public IEnumerable<FileSetMember> Open(IReadOnlySet<string> names, ReadingPosition position) =>
        names
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                string path = Path.Combine(folder, name);
                return new FileSetMember(name, path, isStreamed => SourceFile.Open(path, isStreamed, position));
            });

    private string NameOf(string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
