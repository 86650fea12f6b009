using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>Writes a data set one crystal at a time; the file appears under its name when it is complete.</summary>
/// <remarks>
/// JSON lines, extended XYZ and CIF of any length take little memory. CSV and pymatgen's JSON are kept in memory until they are complete: the
/// columns of the one are the labels of all its rows, the other is one array.
/// </remarks>
public sealed class DataSetWriter : IDisposable
{
    private const int ChunkLength = 256;

    private readonly IStructureFormat format;
    private readonly TargetFile target;
    private readonly List<CrystalRecord> waiting = [];

    /// <param name="path">Of the file; .gz is compressed.</param>
    /// <param name="format">Null for the one that the name tells.</param>
    /// <exception cref="StructureFormatException">The name tells no format, or the file cannot be written.</exception>
    public DataSetWriter(string path, IStructureFormat? format = null)
    {
        this.format = format ?? StructureFormats.ForFile(path);
        target = new TargetFile(path);
    }

    /// <summary>How many crystals were added.</summary>
    public int Count { get; private set; }

    /// <exception cref="StructureFormatException">The disk is full.</exception>
    /// <exception cref="ArgumentException">There was one before, and the format holds one.</exception>
    public void Add(CrystalRecord record)
    {
        if (Count == 1 && !format.CanWriteSeveral)
        {
            throw new ArgumentException($"A {format.Name} file holds one crystal.", nameof(record));
        }

        waiting.Add(record);
        Count++;
        if (format.CanAppend && waiting.Count == ChunkLength)
        {
            Flush();
        }
    }

    /// <summary>Ends the writing.</summary>
    /// <exception cref="StructureFormatException">The disk is full.</exception>
    /// <exception cref="InvalidOperationException">No crystal was added.</exception>
    public void Complete()
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("There is no crystal to write; expected at least one.");
        }

        Flush();
        target.Complete();
    }

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose() => target.Dispose();

    private void Flush()
    {
        if (waiting.Count > 0)
        {
            target.Append(writer => format.Write(writer, waiting));
            waiting.Clear();
        }
    }
}
