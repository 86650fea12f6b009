using System.IO.Compression;
using ICSharpCode.SharpZipLib.Checksum;
using static TorchSharp.torch;

namespace Kagome.Models.TorchArchives;

/// <summary>The entries of a PyTorch archive, bounded by the file's own length and checked by their checksums.</summary>
internal sealed class TorchZip : IDisposable
{
    private const string PickleName = "data.pkl";
    private const long LargestPickle = 16 << 20;
    private const int BufferLength = 1 << 16;

    /// <summary>How many times its own size a file may be read: sharing storages is right, a million times is not.</summary>
    private const int LargestReuse = 4;

    private readonly string path;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly string folder;
    private readonly long fileLength;
    private long bytesLeft;

    private TorchZip(string path, FileStream stream)
    {
        this.path = path;
        archive = new ZipArchive(stream, ZipArchiveMode.Read);
        fileLength = stream.Length;
        bytesLeft = LargestReuse * fileLength;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entries.TryAdd(entry.FullName, entry))
            {
                throw Fault($"entry '{entry.FullName}' is there twice");
            }
        }

        string[] pickles = [.. entries.Keys.Where(name => name.Split('/') is [_, PickleName])];
        folder = pickles is [var pickle]
            ? pickle[..^PickleName.Length]
            : throw Fault($"it has {pickles.Length} top folders with a {PickleName}; expected one, as PyTorch saves");
        CheckByteOrder();
    }

    public static TorchZip Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            byte[] opening = new byte[FileSignature.Length];
            opening = opening[..stream.ReadAtLeast(opening, opening.Length, throwOnEndOfStream: false)];
            return FileSignature.IsZip(opening)
                ? Guard(path, () => new TorchZip(path, stream))
                : throw new CheckpointException(path, $"no PyTorch archive; it {FileSignature.Describe(opening)}");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public long? StorageByteCount(string key) =>
        entries.TryGetValue($"{folder}data/{key}", out ZipArchiveEntry? entry) ? entry.Length : null;

    public byte[] ReadPickle() => ReadBytes(folder + PickleName, LargestPickle);

    /// <returns>[elements]; in the current dispose scope.</returns>
    public Tensor ReadStorage(PickledStorage storage)
    {
        ZipArchiveEntry entry = Claim($"{folder}data/{storage.Key}", fileLength);
        Tensor tensor = empty([storage.ElementCount], storage.Type);
        bool isBoolean = storage.Type == ScalarType.Bool;
        Read(
            entry,
            (stream, crc) =>
                TensorBytes.ForEachSpan(
                    tensor,
                    bytes =>
                    {
                        Fill(bytes, stream, crc);
                        if (isBoolean && bytes.IndexOfAnyExceptInRange((byte)0, (byte)1) >= 0)
                        {
                            throw Fault($"storage '{storage.Key}' holds truth values other than 0 and 1");
                        }
                    }
                )
        );
        return tensor;
    }

    public void Dispose() => archive.Dispose();

    private void CheckByteOrder()
    {
        string name = folder + "byteorder"; // since PyTorch 2.1; before it was always the machine's, little
        if (entries.ContainsKey(name) && !ReadBytes(name, BufferLength).AsSpan().SequenceEqual("little"u8))
        {
            throw Fault("its numbers are not little-endian; save it anew on a common machine");
        }
    }

    private byte[] ReadBytes(string name, long most)
    {
        ZipArchiveEntry entry = Claim(name, most);
        byte[] bytes = new byte[entry.Length];
        Read(entry, (stream, crc) => Fill(bytes, stream, crc));
        return bytes;
    }

    /// <summary>Finds an entry, and checks before anything is allocated that it can be as long as it says.</summary>
    private ZipArchiveEntry Claim(string name, long most)
    {
        ZipArchiveEntry entry = entries[name];
        if (entry.CompressedLength != entry.Length)
        {
            throw Fault($"entry '{name}' is compressed; PyTorch stores its entries as they are");
        }

        if (entry.Length > Math.Min(most, fileLength))
        {
            throw Fault($"entry '{name}' has {entry.Length} bytes; expected at most {Math.Min(most, fileLength)}");
        }

        bytesLeft -= entry.Length;
        return bytesLeft >= 0
            ? entry
            : throw Fault($"its tensors share storages so often that they take over {LargestReuse} times its size");
    }

    private void Read(ZipArchiveEntry entry, Action<Stream, Crc32> read) =>
        Guard(
            path,
            () =>
            {
                using Stream stream = entry.Open();
                Crc32 crc = new();
                read(stream, crc);
                return crc.Value == entry.Crc32
                    ? crc
                    : throw Fault($"checksum differs in entry '{entry.FullName}': the file was changed or damaged");
            }
        );

    private static void Fill(Span<byte> target, Stream stream, Crc32 crc)
    {
        byte[] buffer = new byte[Math.Min(BufferLength, target.Length)];
        while (!target.IsEmpty)
        {
            int count = Math.Min(buffer.Length, target.Length);
            stream.ReadExactly(buffer, 0, count);
            crc.Update(new ArraySegment<byte>(buffer, 0, count));
            buffer.AsSpan(0, count).CopyTo(target);
            target = target[count..];
        }
    }

    /// <summary>Turns what <see cref="ZipArchive"/> throws at damaged files into our exception.</summary>
    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or EndOfStreamException
                        or NotSupportedException
                        or ArgumentException
                        or OverflowException
            )
        {
            throw new CheckpointException(
                path,
                $"its zip structure is damaged or cut off ({exception.Message}); get the file again.",
                exception
            );
        }
    }

    private CheckpointException Fault(string problem) =>
        new(path, $"no sound PyTorch archive: {problem}. Get the file again.");
}
