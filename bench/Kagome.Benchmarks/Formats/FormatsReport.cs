using Kagome.Cli.Views;

namespace Kagome.Benchmarks.Formats;

/// <summary>What `kagome bench formats` found.</summary>
/// <param name="Crystals">Written and read at a time.</param>
/// <param name="Atoms">Of each.</param>
/// <param name="Formats">Each against CIF; CIF against itself shows the noise.</param>
internal sealed record FormatsReport(int Crystals, int Atoms, IReadOnlyList<FormatRate> Formats) : IBenchmarkReport
{
    public void Write(TextWriter output)
    {
        TextTable table = new("format", "written/s", "read/s", "writes", "reads", "characters")
        {
            IsRightAligned = true,
        };
        foreach (FormatRate rate in Formats)
        {
            table.Add(
                rate.Format,
                $"{rate.WrittenPerSecond:F0}",
                $"{rate.ReadPerSecond:F0}",
                $"{rate.WriteRatio:F2} x",
                $"{rate.ReadRatio:F2} x",
                $"{rate.CharactersPerCrystal:F0}"
            );
        }

        table.Write(output);
        output.WriteLine(
            $"Crystals of {Atoms} atoms, {Crystals} at a time; writes, reads: how many times faster than CIF."
        );
    }
}
