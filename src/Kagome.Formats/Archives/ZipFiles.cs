using System.IO.Compression;
using ICSharpCode.SharpZipLib.Checksum;
using Kagome.Formats.Text;

namespace Kagome.Formats.Archives;

/// <summary>The files of a zip archive, whose checksums are looked at.</summary>
internal sealed class ZipFiles(string path) : IFileSet
{
    public string Location => path;

    public bool IsArchive => true;

    public IReadOnlyList<FileSetEntry> List() =>
        SourceFile.Guard(
            path,
            () =>
            {
                using FileStream file = OpenFile();
                using ZipArchive archive = new(file, ZipArchiveMode.Read);
                FileSetEntry[] entries =
                [
                    .. archive
                        .Entries.Where(entry => Archive.NameOf(entry.FullName) is not null)
                        .Select(entry => new FileSetEntry(Archive.NameOf(entry.FullName)!, entry.Length))
                        .OrderBy(entry => entry.Name, StringComparer.Ordinal),
                ];
                return Archive.Problem(entries) is { } problem
                    ? throw new StructureFormatException(path, line: null, problem)
                    : entries;
            }
        );

    public IEnumerable<FileSetMember> Open(IReadOnlySet<string> names, ReadingPosition position)
    {
        using FileStream file = OpenFile();
        using ZipArchive archive = new(file, ZipArchiveMode.Read);
        position.Follow(file);
        DecompressionBudget budget = new(file.Length);
        IEnumerable<(string Name, ZipArchiveEntry Entry)> chosen = archive
            .Entries.Select(entry => (Name: Archive.NameOf(entry.FullName) ?? "", Entry: entry))
            .Where(entry => names.Contains(entry.Name))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach ((string name, ZipArchiveEntry entry) in chosen)
        {
            string place = $"{path}/{name}";
            yield return new FileSetMember(
                name,
                place,
                _ => SourceFile.Guard(place, () => SourceFile.Open(Content(entry, budget), name, budget))
            );
        }
    }

    private static DecompressedStream Content(ZipArchiveEntry entry, DecompressionBudget budget)
    {
        Stream content = entry.Open();
        return new DecompressedStream(() => new CheckedStream(content, entry.Crc32), content, budget);
    }

    private FileStream OpenFile() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Compares the checksum at the end.</summary>
    private sealed class CheckedStream(Stream inner, uint expected) : Stream
    {
        private readonly Crc32 checksum = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = inner.Read(buffer, offset, count);
            checksum.Update(new ArraySegment<byte>(buffer, offset, read));
            return read > 0 || count == 0 || (uint)checksum.Value == expected
                ? read
                : throw new InvalidDataException("the checksum does not agree.");
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
