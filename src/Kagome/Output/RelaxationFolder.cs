using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Output;

/// <summary>A folder with relaxed.jsonl, a data set with the names, splits and labels of the originals, and relaxation.json.</summary>
/// <remarks>Crystals are written as they come, to a temporary name; the files appear when all is done. For one thread at a time.</remarks>
public sealed class RelaxationFolder : IDisposable
{
    private readonly string path;
    private readonly DataSetWriter writer;

    /// <summary>Makes the folder and finds out, before the work, whether it can be written to.</summary>
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    public RelaxationFolder(string path)
    {
        this.path = path;
        Directory.CreateDirectory(path);
        writer = new DataSetWriter(Path.Combine(path, "relaxed.jsonl"));
    }

    /// <summary>Adds a relaxed crystal.</summary>
    public void Add(CrystalRecord relaxed) => writer.Add(relaxed);

    /// <summary>Writes what became of the crystals, and gives both files their names.</summary>
    public void Finish(RelaxationDocument document)
    {
        writer.Complete();
        AtomicFile.Write(Path.Combine(path, "relaxation.json"), DocumentSchema.Relaxation.Format(document) + "\n");
    }

    /// <summary>Removes what is not finished.</summary>
    public void Dispose() => writer.Dispose();
}
