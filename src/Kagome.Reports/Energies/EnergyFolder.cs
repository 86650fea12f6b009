using Kagome.Formats;
using Kagome.Reports.Plots;

namespace Kagome.Reports.Energies;

/// <summary>A folder with energies.csv, energies.json and, with labels, a parity plot, each whole or not at all.</summary>
/// <remarks>Safe to use from several threads with folders of their own.</remarks>
public sealed class EnergyFolder
{
    private readonly string path;

    /// <summary>Makes the folder, before the work.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public EnergyFolder(string path)
    {
        this.path = path;
        Directory.CreateDirectory(path);
    }

    /// <summary>Writes all files, also over those of an earlier document.</summary>
    public void Write(EnergyDocument document)
    {
        using StringWriter csv = new();
        document.WriteCsv(csv);
        AtomicFile.Write(Path.Combine(path, "energies.csv"), csv.ToString());
        AtomicFile.Write(Path.Combine(path, "energies.json"), DocumentSchema.Energies.Format(document) + "\n");
        EnergyDocument.Entry[] compared =
        [
            .. document.Crystals.Where(crystal => crystal is { Energy: not null, Label: not null }),
        ];
        if (compared.Length > 0)
        {
            EnergyParityPlot
                .Draw(
                    [.. compared.Select(crystal => crystal.Label!.Value)],
                    [.. compared.Select(crystal => crystal.Energy!.Value)],
                    document.Quantity,
                    document.Unit
                )
                .WriteTo(path);
        }
    }
}
