using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets;

/// <summary>Finds out before the work whether its results can be written.</summary>
internal static class TargetCheck
{
    /// <exception cref="InputException">The file is read itself, or its format holds one crystal.</exception>
    /// <exception cref="StructureFormatException">The name tells no format.</exception>
    public static void OfDataSet(string path, IEnumerable<string> inputs)
    {
        if (!DataSetWriter.TakesSeveral(path))
        {
            throw new InputException(
                $"{path}: a {StructureFormats.ForFile(path).Name} file holds one crystal; expected a data set, such as crystals.jsonl.gz.",
                path
            );
        }

        OfFile(path, inputs);
    }

    /// <exception cref="InputException">The file is read itself.</exception>
    public static void OfFile(string path, IEnumerable<string> inputs)
    {
        if (inputs.Any(input => Holds(input, path)))
        {
            throw new InputException($"{path} is read and would be replaced; write to another file.", path);
        }
    }

    /// <exception cref="InputException">The path is a folder, or a file that may not be replaced.</exception>
    public static void OfFile(string path, bool replaces)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a folder; expected the name of a file.", path);
        }

        if (File.Exists(path) && !replaces)
        {
            throw new InputException(
                $"{path} exists; choose another name, or replace it with Replaces.",
                path,
                "Replaces"
            );
        }
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

    /// <summary>The path with links followed, so that one file has one path.</summary>
    private static string Resolved(string path)
    {
        string full = Path.GetFullPath(path);
        FileSystemInfo info = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
        return info.Exists && info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : full;
    }
}

/// <summary>Reading for work that needs a crystal.</summary>
internal static class NonEmptyReading
{
    /// <summary>The crystals of a source, of which there must be one.</summary>
    /// <exception cref="StructureFormatException">A path is no file or folder, or its name tells no format: before any crystal.</exception>
    /// <exception cref="InputException">While enumerating: there is no crystal.</exception>
    public static IEnumerable<CrystalRecord> ReadSome(
        this CrystalReader source,
        IProgress<WorkProgress>? progress,
        string task,
        CancellationToken cancellation
    ) => AtLeastOne(source, source.Read(progress, task, cancellation));

    private static IEnumerable<CrystalRecord> AtLeastOne(CrystalReader source, IEnumerable<CrystalRecord> crystals)
    {
        foreach (CrystalRecord crystal in crystals)
        {
            yield return crystal;
        }

        if (source.Count == 0)
        {
            string why = source.FirstProblem is { } problem
                ? $"{source.UnreadableCount} entries cannot be read, the first: {problem}"
                : "it is empty";
            throw new InputException(
                $"{string.Join(", ", source.Paths)} holds no crystal ({why}); nothing was written."
            );
        }
    }
}
