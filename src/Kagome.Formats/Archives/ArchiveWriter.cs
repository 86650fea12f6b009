using System.Formats.Tar;
using System.IO.Compression;

namespace Kagome.Formats.Archives;

/// <summary>An archive that files are put into one after another; the same files give the same bytes.</summary>
internal abstract class ArchiveWriter : IDisposable
{
    /// <summary>When all files of an archive were written, as it says: the first day that zip knows.</summary>
    protected static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="name">Not that of another file, with / between folders.</param>
    /// <param name="content">All of the file.</param>
    public abstract void Add(string name, byte[] content);

    /// <summary>Ends the archive.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the archive; called more than once where an attempt fails.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>A zip archive.</summary>
internal sealed class ZipWriter(Stream target) : ArchiveWriter
{
    private const int PlainFile = 0x81A4 << 16; // rw-r--r--, as Unix has it

    private readonly ZipArchive archive = new(target, ZipArchiveMode.Create, leaveOpen: true);

    public override void Add(string name, byte[] content)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Time;
        entry.ExternalAttributes = PlainFile;
        using Stream stream = entry.Open();
        stream.Write(content);
    }

    protected override void Dispose(bool disposing) => archive.Dispose();
}

/// <summary>A tar archive, compressed by gzip or not.</summary>
internal sealed class TarGzWriter : ArchiveWriter
{
    private const UnixFileMode PlainFile =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly GZipStream? compressed;
    private readonly TarWriter archive;

    public TarGzWriter(Stream target, bool isCompressed)
    {
        compressed = isCompressed ? new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true) : null;
        archive = new TarWriter(compressed ?? target, TarEntryFormat.Gnu, leaveOpen: true);
    }

    public override void Add(string name, byte[] content)
    {
        using MemoryStream stream = new(content);
        archive.WriteEntry(
            new GnuTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = stream,
                Mode = PlainFile,
                ModificationTime = Time,
                AccessTime = Time,
                ChangeTime = Time,
            }
        );
    }

    protected override void Dispose(bool disposing)
    {
        archive.Dispose();
        compressed?.Dispose();
    }
}
