using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Kagome.Campaigns;

/// <summary>The lines of a file under gzip, one at a time.</summary>
/// <remarks>.NET's stream takes a file that was cut off for a whole one, and passes over what follows: so head and end of the file are checked here.</remarks>
internal static class LineReader
{
    private const int BufferSize = 1 << 16;
    private const int FooterLength = 8;

    /// <summary>Of every file that .NET writes: deflate, no name and no time.</summary>
    private static ReadOnlySpan<byte> Head => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];

    /// <summary>Lines with their ends; what follows the last end, if anything, comes without one.</summary>
    /// <exception cref="InvalidDataException">While enumerating: the file is not compressed, cut off, changed, or has a line without an end.</exception>
    public static IEnumerable<byte[]> Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] footer = ReadFooter(file);
        using GZipStream content = new(file, CompressionMode.Decompress);
        Crc32 sum = new();
        uint length = 0;
        byte[] buffer = new byte[BufferSize];
        ArrayBufferWriter<byte> line = new(BufferSize);
        while (content.Read(buffer) is > 0 and int count)
        {
            sum.Append(buffer.AsSpan(0, count));
            length = unchecked(length + (uint)count);
            int start = 0;
            while (Array.IndexOf(buffer, (byte)'\n', start, count - start) is >= 0 and int end)
            {
                line.Write(buffer.AsSpan(start, end + 1 - start));
                yield return line.WrittenSpan.ToArray();
                line.ResetWrittenCount();
                start = end + 1;
            }

            line.Write(buffer.AsSpan(start, count - start));
            if (line.WrittenCount > SealedLine.Longest)
            {
                throw new InvalidDataException("A line has no end.");
            }
        }

        if (line.WrittenCount > 0)
        {
            yield return line.WrittenSpan.ToArray();
        }

        bool isWhole =
            BinaryPrimitives.ReadUInt32LittleEndian(footer) == sum.GetCurrentHashAsUInt32()
            && BinaryPrimitives.ReadUInt32LittleEndian(footer.AsSpan(4)) == length;
        if (!isWhole)
        {
            throw new InvalidDataException("The checksum at the end is of something else.");
        }
    }

    /// <summary>The checksum and the length of the content, which end the file; the file is at its beginning again.</summary>
    private static byte[] ReadFooter(FileStream file)
    {
        byte[] head = new byte[Head.Length];
        byte[] footer = new byte[FooterLength];
        if (
            file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || !head.AsSpan().SequenceEqual(Head)
        )
        {
            throw new InvalidDataException("It does not begin as a compressed file does.");
        }

        file.Seek(-FooterLength, SeekOrigin.End);
        file.ReadExactly(footer);
        file.Seek(0, SeekOrigin.Begin);
        return footer;
    }
}
