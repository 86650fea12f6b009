using Kagome.Cli.Output;
using Kagome.Formats;

namespace Kagome.Cli.Data;

/// <summary>Checks where data sets are to be written, before the work.</summary>
internal static class DataOutput
{
    /// <exception cref="BadInputException">The file exists, is read itself, or its format holds one crystal.</exception>
    /// <exception cref="StructureFormatException">The name tells no format.</exception>
    public static void Check(string path, IEnumerable<string> inputs, bool isForced)
    {
        IStructureFormat format = StructureFormats.ForFile(path);
        if (!format.CanWriteSeveral)
        {
            throw new BadInputException(
                $"{path}: a {format.Name} file holds one crystal; expected a data set, such as crystals.jsonl.gz."
            );
        }

        CheckFile(path, inputs, isForced);
    }

    /// <summary>For a file that is no data set.</summary>
    /// <exception cref="BadInputException">The file exists, or is read itself.</exception>
    public static void CheckFile(string path, IEnumerable<string> inputs, bool isForced)
    {
        if (inputs.Any(input => Holds(input, path)))
        {
            throw new BadInputException($"{path} is read and would be replaced; write to another file.");
        }

        OutputFile.RefuseReplacing(path, isForced);
    }

    private static bool Holds(string input, string path)
    {
        (string inputPath, string outputPath) = (Resolved(input), Resolved(path));
        return inputPath == outputPath
            || (
                Directory.Exists(input)
                && outputPath.StartsWith(
                    Path.TrimEndingDirectorySeparator(inputPath) + Path.DirectorySeparatorChar,
                    StringComparison.Ordinal
                )
            );
    }

    /// <summary>Links followed, so that one file has one path.</summary>
    private static string Resolved(string path)
    {
        string full = Path.GetFullPath(path);
        FileSystemInfo info = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
        return info.Exists && info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : full;
    }
}
