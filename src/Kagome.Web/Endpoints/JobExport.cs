using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Output;
using Kagome.Web.Jobs;

namespace Kagome.Web.Endpoints;

/// <summary>A job's candidates as other programs keep crystals.</summary>
/// <param name="Name">As visitors name it.</param>
/// <param name="Ending">Of the file's name, by which its format is known.</param>
/// <param name="MediaType">Of the answer.</param>
internal sealed record JobExport(string Name, string Ending, string MediaType)
{
    private static readonly JobExport[] All =
    [
        new("ase", ".db", "application/vnd.sqlite3"),
        new("optimade", ".optimade.jsonl", "application/jsonl"),
    ];

    /// <exception cref="InputException">There is no such format.</exception>
    public static JobExport Of(string? name) =>
        All.FirstOrDefault(export => export.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException(
            $"format is '{name}'; expected {string.Join(" or ", All.Select(export => export.Name))}.",
            name
        );

    /// <summary>A candidate with what is said of it in numbers.</summary>
    public static CrystalRecord Labelled(KeptCandidate candidate)
    {
        PredictionDocument.Entry entry = candidate.Entry;
        IEnumerable<KeyValuePair<string, double?>> labels =
        [
            new("rank", entry.Rank),
            new("formula_units", entry.FormulaUnits),
            new("found", entry.Found),
            new("generated", entry.Generated),
            new("probability", entry.Probability),
            new("energy_above_hull", entry.EnergyAboveHull),
            new("space_group", entry.SpaceGroup?.Number),
        ];
        CrystalRecord crystal = candidate.Structure!;
        return crystal with
        {
            Labels = crystal.Labels.SetItems(
                labels
                    .Where(label => label.Value is not null)
                    .Select(label => KeyValuePair.Create(label.Key, label.Value!.Value))
            ),
        };
    }

    /// <summary>The bytes of a file of crystals; a file of the data folder takes them in between.</summary>
    public byte[] Write(IReadOnlyList<CrystalRecord> crystals, string dataFolder)
    {
        DirectoryInfo folder = Directory.CreateDirectory(DataFolder.NewExport(dataFolder, JobStore.NewId()));
        try
        {
            string path = Path.Combine(folder.FullName, $"export{Ending}");
            DataSet.Write(path, crystals);
            return File.ReadAllBytes(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
