namespace Kagome.Models;

/// <summary>Guesses what a file is that is not what was asked for, so that the error can say what to do.</summary>
internal static class FileSignature
{
    /// <summary>How many opening bytes <see cref="Describe"/> wants to see; fewer will do.</summary>
    public const int Length = 64;

    private const int ShortestFile = 8;

    // the opening of torch.save before PyTorch 1.6: protocol 2, then a magic number of ten bytes
    private static ReadOnlySpan<byte> LegacyTorch => [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20];

    public static bool IsZip(ReadOnlySpan<byte> opening) => opening is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <returns>What it looks like and what can be done about it; a sentence without its subject.</returns>
    public static string Describe(ReadOnlySpan<byte> opening)
    {
        if (opening.Length <= ShortestFile)
        {
            return $"holds {opening.Length} bytes; the download or copy did not finish, get it again.";
        }

        if (IsZip(opening))
        {
            return "looks like a zip archive, as PyTorch saves checkpoints; convert it with `kagome models import`.";
        }

        if (opening.StartsWith(LegacyTorch))
        {
            return "looks like a checkpoint of PyTorch before 1.6; save it anew in Python with torch.save(torch.load(old), new), then use `kagome models import`.";
        }

        if (opening is [0x89, (byte)'H', (byte)'D', (byte)'F', ..])
        {
            return "looks like an HDF5 file, as Keras saves models; Kagome cannot read those.";
        }

        if (opening.StartsWith("version https://git-lfs"u8))
        {
            return "is only a Git LFS pointer; fetch the file itself with `git lfs pull`.";
        }

        if (opening is [0x1f, 0x8b, ..])
        {
            return "looks like gzip; unpack it first.";
        }

        if (opening[ShortestFile] == (byte)'{' && opening[ShortestFile - 1] == 0)
        {
            return "looks like a safetensors file; Kagome's own need no import.";
        }

        if (opening is [0x80, >= 2 and <= 5, ..])
        {
            return "looks like a bare Python pickle; save it as a checkpoint with torch.save.";
        }

        return opening.TrimStart(" \t\r\n"u8).StartsWith("<"u8)
                ? "looks like a web page; the link led to a page, not to the file."
            : opening.IndexOfAnyExceptInRange((byte)'\t', (byte)'~') < 0 ? "looks like a text file."
            : "is of no format that Kagome knows.";
    }
}
