using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>A database of crystals that is whole or not there: made under a temporary name beside its own, flushed to the disk, then renamed.</summary>
internal sealed class DatabaseTarget : ICrystalSink
{
    private readonly string path;
    private readonly string temporary;
    private readonly ICrystalSink content;

    /// <exception cref="StructureFormatException">The name asks for compression, or the folder is absent or may not be written to.</exception>
    public DatabaseTarget(string path, IDatabaseFormat format)
    {
        this.path = path;
        if (Compression.IsCompressed(path))
        {
            throw new StructureFormatException(
                path,
                line: null,
                $"{format.Name} databases are not compressed; let the name end in {StructureFileNames.EndingOf(format)}."
            );
        }

        temporary = TemporaryPath(path);
        ICrystalSink? created = null;
        WritingProblem.Guard(path, () => created = format.Create(temporary));
        content = created!;
    }

    public void Add(CrystalRecord record) => WritingProblem.Guard(path, () => content.Add(record));

    public void Complete() =>
        WritingProblem.Guard(
            path,
            () =>
            {
                content.Complete();
                using (FileStream written = new(temporary, FileMode.Open, FileAccess.ReadWrite))
                {
                    written.Flush(flushToDisk: true);
                }

                File.Move(temporary, path, overwrite: true);
            }
        );

    public void Dispose()
    {
        AtomicFile.TryTo(content.Dispose);
        AtomicFile.TryTo(() => File.Delete(temporary));
    }

    /// <summary>A path beside the database's, where nothing is yet.</summary>
    private static string TemporaryPath(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
    }
}
