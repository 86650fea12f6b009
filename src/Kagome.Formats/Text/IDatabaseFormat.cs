using Kagome.Crystals.Structures;

namespace Kagome.Formats.Text;

/// <summary>One way to keep crystals in a database: a file that is read and written here and there, not from its beginning to its end.</summary>
/// <remarks>So it cannot be compressed, or lie in an archive.</remarks>
public interface IDatabaseFormat : IStructureFormat
{
    /// <summary>Reads crystals one after another, in the order of the database, whose file is left as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="position">Follows how far the reading is.</param>
    /// <returns>An entry a crystal; one that cannot be used holds the reason, and reading goes on after it.</returns>
    /// <exception cref="StructureFormatException">While enumerating: the file is no such database, or cannot be read further.</exception>
    IEnumerable<DataSetEntry> Read(string path, ReadingPosition position);

    /// <summary>Begins a database.</summary>
    /// <param name="path">A file that is not there yet.</param>
    /// <exception cref="IOException">The folder is absent or may not be written to.</exception>
    ICrystalSink Create(string path);
}

/// <summary>What takes crystals one at a time until it is complete.</summary>
/// <remarks>What is disposed of before it is complete is of no use.</remarks>
public interface ICrystalSink : IDisposable
{
    /// <summary>Takes a crystal, behind those before it.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    void Add(CrystalRecord record);

    /// <summary>Ends the writing and closes the file.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    void Complete();
}
