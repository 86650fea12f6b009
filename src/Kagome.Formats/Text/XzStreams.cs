using SharpCompress.Compressors.Xz;

namespace Kagome.Formats.Text;

/// <summary>All streams of an xz file one after another; the library ends after the first.</summary>
/// <remarks>Source: https://tukaani.org/xz/xz-file-format.txt, sections 1 and 2.2: streams, with paddings of four zero bytes each.</remarks>
internal sealed class XzStreams(Stream file) : Stream
{
    private readonly PeekedStream input = new(file);
    private XZStream? current;

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
        current ??= new XZStream(input);
        int read = current.Read(buffer, offset, count);
        while (read == 0 && count > 0 && input.SkipZeros())
        {
            current = new XZStream(input);
            read = current.Read(buffer, offset, count);
        }

        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>A stream that is not read ahead but for one byte.</summary>
    private sealed class PeekedStream(Stream inner) : Stream
    {
        private int peeked = -1;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        /// <summary>Skips padding.</summary>
        /// <returns>Whether something follows it.</returns>
        public bool SkipZeros()
        {
            while (peeked <= 0)
            {
                peeked = inner.ReadByte();
                if (peeked < 0)
                {
                    return false;
                }

                Position++;
            }

            Position--;
            return true;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (peeked < 0 || count == 0)
            {
                int read = inner.Read(buffer, offset, count);
                Position += read;
                return read;
            }

            buffer[offset] = (byte)peeked;
            peeked = -1;
            Position++;
            return 1;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
