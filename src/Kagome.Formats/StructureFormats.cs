using System.Collections.Immutable;
using System.IO.Enumeration;
using Kagome.Formats.Archives;
using Kagome.Formats.Ase;
using Kagome.Formats.Cif;
using Kagome.Formats.Csv;
using Kagome.Formats.ExtXyz;
using Kagome.Formats.JsonLines;
using Kagome.Formats.Optimade;
using Kagome.Formats.Poscar;
using Kagome.Formats.PymatgenJson;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>The formats that Kagome reads and writes.</summary>
public static class StructureFormats
{
    /// <summary>All of them; where a file's name fits two alike, the first is meant.</summary>
    public static ImmutableArray<IStructureFormat> All { get; } =
    [
        new CifFormat(),
        new PoscarFormat(),
        new ExtXyzFormat(),
        new PymatgenJsonFormat(),
        new OptimadeFormat(), // before JSON lines, whose names end alike
        new JsonLinesFormat(),
        new CsvFormat(),
        new AseDatabaseFormat(),
    ];

    /// <summary>Whether a file's name is that of an archive of files, such as crystals.zip or crystals.tar.gz.</summary>
    public static bool IsArchive(string path) => Archive.IsArchive(path);

    /// <summary>The format that a file's name tells, compressed or not; null where no format goes by that name.</summary>
    /// <remarks>The end of the name comes first: POSCAR.cif is a CIF.</remarks>
    public static IStructureFormat? FindForFile(string path)
    {
        string name = Path.GetFileName(Compression.PlainName(path));
        return Archive.IsArchive(path) ? null : Find(name, isEnding: true) ?? Find(name, isEnding: false);
    }

    /// <summary>The format that a file's name tells, compressed or not.</summary>
    /// <exception cref="StructureFormatException">No format goes by that name.</exception>
    public static IStructureFormat ForFile(string path) =>
        FindForFile(path)
        ?? throw new StructureFormatException(
            path,
            line: null,
            $"the name tells no known format; expected {Join(All.SelectMany(format => format.FileNames))}, each also with {Join(Compression.Endings)}, or an archive ({Join(Archive.Endings)}) of these. Rename the file, or name its format with {nameof(CrystalReader.Format)}."
        );

    private static IStructureFormat? Find(string name, bool isEnding) =>
        All.FirstOrDefault(format =>
            format.FileNames.Any(pattern =>
                pattern.StartsWith("*.", StringComparison.Ordinal) == isEnding
                && FileSystemName.MatchesSimpleExpression(pattern, name)
            )
        );

    /// <summary>The format of a short name, such as cif.</summary>
    /// <exception cref="ArgumentException">No format has this name.</exception>
    public static IStructureFormat ByName(string name) =>
        All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"Unknown format '{name}'. Choose {Join(All.Select(format => format.Name))}.",
            nameof(name)
        );

    private static string Join(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }
}
