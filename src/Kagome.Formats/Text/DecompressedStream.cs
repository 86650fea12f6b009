namespace Kagome.Formats.Text;

/// <summary>What a library decompresses, in bounds and with one kind of exception: an <see cref="IOException"/>.</summary>
/// <remarks>Of damaged data the libraries throw exceptions of their own and those of their arrays, all of which mean the same.</remarks>
internal sealed class DecompressedStream(Func<Stream> open, Stream file, DecompressionBudget budget) : Stream
{
    private Stream? content;

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
        try
        {
            content ??= open();
            int read = content.Read(buffer, offset, count);
            budget.Take(read);
            return read;
        }
        catch (Exception exception) when (exception is not (IOException or OutOfMemoryException))
        {
            throw new IOException($"The compressed data cannot be used: {exception.Message}", exception);
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Closes the file; what decompresses it has nothing else to close.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
