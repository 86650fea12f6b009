namespace Kagome.Formats;

/// <summary>How far the reading of files is, in bytes of the files themselves: for estimates of the time that is left.</summary>
public sealed class ReadingPosition
{
    private FileStream? current;
    private long currentLength;
    private long finished;

    /// <summary>Of all files together, those that were read before included.</summary>
    public long BytesRead => finished + (current is { CanRead: true } file ? file.Position : currentLength);

    internal void Follow(FileStream file)
    {
        finished += currentLength;
        (current, currentLength) = (file, file.Length);
    }
}
