using Kagome.Crystals.Structures;
using Kagome.Formats.Archives;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>Writes a data set one crystal at a time; the file appears under its name when it is complete.</summary>
/// <remarks>
/// <para>JSON lines, extended XYZ, CIF, ASE databases and archives of any length take little memory. CSV, pymatgen's JSON and OPTIMADE's lines are kept in
/// memory until they are complete: the columns of the first are the labels of all its rows, the second is one array, and the third describes all labels first.</para>
/// <para>A name that ends in .zip, .tar, .tar.gz or .tgz is that of an archive with a file for each crystal.</para>
/// <para>The same crystals give the same bytes.</para>
/// </remarks>
public sealed class DataSetWriter : IDisposable
{
    private readonly IStructureFormat format;
    private readonly ICrystalSink target;
    private readonly bool takesSeveral;

    /// <param name="path">Of the file; .gz is compressed.</param>
    /// <param name="format">Null for the one that the name tells; of files in an archive CIF.</param>
    /// <exception cref="StructureFormatException">The name tells no format, or the file cannot be written.</exception>
    public DataSetWriter(string path, IStructureFormat? format = null)
    {
        takesSeveral = TakesSeveral(path, format);
        this.format = format ?? (Archive.IsArchive(path) ? FormatInArchives : StructureFormats.ForFile(path));
        target = this.format switch
        {
            _ when Archive.IsArchive(path) => new ArchiveTarget(path, this.format),
            ITextFormat text => new TextTarget(path, text),
            IDatabaseFormat database => new DatabaseTarget(path, database),
            _ => throw new ArgumentException($"{this.format.Name} is neither text nor a database.", nameof(format)),
        };
    }

    /// <summary>How the files in an archive are written unless it is said: CIF.</summary>
    public static IStructureFormat FormatInArchives { get; } = StructureFormats.ByName("cif");

    /// <summary>How many crystals were added.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a file can hold more than one crystal.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="format">Null for the one that the name tells.</param>
    /// <exception cref="StructureFormatException">The name tells no format.</exception>
    public static bool TakesSeveral(string path, IStructureFormat? format = null) =>
        Archive.IsArchive(path) || (format ?? StructureFormats.ForFile(path)).CanWriteSeveral;

    /// <summary>Whether a file holds crystals without their labels, as CIF does, and archives of it.</summary>
    /// <exception cref="StructureFormatException">The name tells no format.</exception>
    public static bool LosesLabels(string path) =>
        Archive.IsArchive(path) || StructureFormats.ForFile(path).Name == FormatInArchives.Name;

    /// <summary>Writes a crystal behind those before it.</summary>
    /// <exception cref="StructureFormatException">The disk is full.</exception>
    /// <exception cref="ArgumentException">There was one before, and the format holds one.</exception>
    public void Add(CrystalRecord record)
    {
        if (Count == 1 && !takesSeveral)
        {
            throw new ArgumentException($"A {format.Name} file holds one crystal.", nameof(record));
        }

        target.Add(record);
        Count++;
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

        target.Complete();
    }

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose() => target.Dispose();
}
