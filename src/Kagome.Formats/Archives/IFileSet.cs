using Kagome.Formats.Text;

namespace Kagome.Formats.Archives;

/// <summary>Many files together: a folder, or an archive, of which nothing is ever unpacked onto the disk.</summary>
internal interface IFileSet
{
    /// <summary>As the caller named it.</summary>
    string Location { get; }

    /// <summary>Whether it is an archive: archives in archives are refused.</summary>
    bool IsArchive { get; }

    /// <summary>The files, hidden ones left out; their names are relative, with / between folders.</summary>
    /// <exception cref="StructureFormatException">It cannot be listed.</exception>
    IReadOnlyList<FileSetEntry> List();

    /// <summary>The files of these names, one at a time; each is open until the next one is asked for.</summary>
    /// <exception cref="StructureFormatException">While enumerating: it cannot be read further.</exception>
    IEnumerable<FileSetMember> Open(IReadOnlySet<string> names, ReadingPosition position);
}

/// <param name="Name">Relative, with / between folders.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct FileSetEntry(string Name, long Length);

/// <param name="Name">Relative, with / between folders.</param>
/// <param name="Path">For messages.</param>
/// <param name="Open">Gives the text; told whether any length is welcome.</param>
internal readonly record struct FileSetMember(string Name, string Path, Func<bool, TextReader> Open);
