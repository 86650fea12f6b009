using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Data;

/// <summary>The crystals of data sets, one at a time; entries that cannot be read are counted.</summary>
/// <param name="paths">Files and folders.</param>
internal sealed class DataInput(IReadOnlyList<string> paths)
{
    private readonly ReadingPosition position = new();

    public int CrystalCount { get; private set; }

    public int UnreadableCount { get; private set; }

    /// <summary>The first entry that could not be read; null where all could.</summary>
    public string? FirstProblem { get; private set; }

    /// <summary>How much of the files was read, 0 to 1; null where that is not known, as of folders.</summary>
    public double? Share =>
        paths.All(File.Exists) && paths.Sum(path => new FileInfo(path).Length) is > 0 and var bytes
            ? (double)position.BytesRead / bytes
            : null;

    /// <summary>The crystals in the order of the files.</summary>
    /// <exception cref="BadInputException">There is no crystal.</exception>
    /// <exception cref="StructureFormatException">A path is no file or folder, or its name tells no format; before any crystal.</exception>
    public IEnumerable<CrystalRecord> Read(CancellationToken cancellation)
    {
        IEnumerable<DataSetEntry>[] files = [.. paths.Select(path => DataSet.Read(path, position))];
        return Read(files, cancellation);
    }

    /// <summary>Says how many entries could not be read.</summary>
    public void Report(TextWriter error)
    {
        if (UnreadableCount > 0)
        {
            error.WriteLine($"{UnreadableCount} entries cannot be read, the first: {FirstProblem}");
        }
    }

    private IEnumerable<CrystalRecord> Read(IEnumerable<DataSetEntry>[] files, CancellationToken cancellation)
    {
        foreach (CrystalRecord record in files.SelectMany(file => file).Records(Skip))
        {
            cancellation.ThrowIfCancellationRequested();
            CrystalCount++;
            yield return record;
        }

        if (CrystalCount == 0)
        {
            string why = FirstProblem is { } problem
                ? $"{UnreadableCount} entries cannot be read, the first: {problem}"
                : "it is empty";
            throw new BadInputException($"{string.Join(", ", paths)} holds no crystal ({why}); nothing was written.");
        }
    }

    private void Skip(StructureFormatException problem)
    {
        UnreadableCount++;
        FirstProblem ??= problem.Message.Split('\n')[0];
    }
}
