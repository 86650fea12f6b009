using System.Globalization;
using Kagome.Output;

namespace Kagome.Diagnosis;

/// <summary>Memory, and whether results can be written.</summary>
internal static class MachineFindings
{
    private const long LittleMemory = 2L * 1024 * 1024 * 1024;
    private const string LinuxMemory = "/proc/meminfo";

    public static Finding Memory()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long total = memory.TotalAvailableMemoryBytes; // a container's limit where there is one
        long available = Math.Min(total, AvailableOnLinux() ?? (total - memory.MemoryLoadBytes));
        string value = $"{ByteCount.Format(available)} of {ByteCount.Format(total)} available";
        return available >= LittleMemory
            ? new Finding("memory", value)
            : new Finding(
                "memory",
                value,
                FindingState.Limited,
                $"Close other programs: predictions take up to {ByteCount.Format(LittleMemory)}, training more."
            );
    }

    private static long? AvailableOnLinux()
    {
        if (!File.Exists(LinuxMemory))
        {
            return null;
        }

        string? line = File.ReadLines(LinuxMemory)
            .FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        string? number = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return long.TryParse(number, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes * 1024 : null;
    }

    public static Finding Folder(string folder)
    {
        string name = folder == Environment.CurrentDirectory ? "current folder" : "folder";
        try
        {
            string probe = Path.Combine(folder, $".kagome-{Guid.NewGuid():N}.tmp");
            using FileStream file = new(
                probe,
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
            return new Finding(name, $"{folder}: can be written to");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding(
                name,
                $"{folder}: cannot be written to",
                FindingState.Limited,
                "Change to another folder, or name one with OutputFolder."
            )
            {
                Options = ["OutputFolder"],
            };
        }
    }
}
