namespace Kagome.Cli.Output;

/// <summary>Sizes for people.</summary>
internal static class ByteCount
{
    private const double Step = 1024;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Three digits or so: 512 B, 94.6 MiB.</summary>
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
