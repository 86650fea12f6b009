using System.Buffers;
using System.IO.Compression;

namespace Kagome.Campaigns;

/// <summary>The lines of a compressed file, one at a time.</summary>
internal static class LineReader
{
    private const int BufferSize = 1 << 16;

    /// <summary>Lines with their ends; what follows the last end, if anything, comes without one.</summary>
    /// <exception cref="InvalidDataException">While enumerating: the file is not compressed, damaged, or has a line without an end.</exception>
    public static IEnumerable<byte[]> Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using GZipStream content = new(file, CompressionMode.Decompress);
        byte[] buffer = new byte[BufferSize];
        ArrayBufferWriter<byte> line = new(BufferSize);
        while (content.Read(buffer) is > 0 and int count)
        {
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
    }
}
