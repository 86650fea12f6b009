namespace Kagome.Output;

/// <summary>Sizes of files and of memory as people read them.</summary>
public static class ByteCount
{
    private const double Step = 1024;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A size in bytes or in their multiples by 1024, such as 512 B or 94.6 MiB.</summary>
    public static string Format(long bytes)
    {
        double size = bytes;
        int unit = 0;
        while (size >= Step && unit < Units.Length - 1)
        {
            size /= Step;
            unit++;
        }

        return unit == 0 ? $"{bytes} B" : $"{size:F1} {Units[unit]}";
    }
}
