using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.DataSets;
using Kagome.Formats;
using Kagome.Formats.Text;
using Kagome.Models;
using Kagome.Output;

namespace Kagome.Reports.Files;

/// <summary>What a file holds: a model, or structures, in short where there are many.</summary>
/// <param name="Path">The file or folder, as it was named.</param>
/// <param name="Model">The model, where it is one.</param>
/// <param name="Structures">Each structure, where there are few or all are wanted; null for a model, and for a long data set of which only the summary is.</param>
/// <param name="Skipped">Why entries could not be read, where there are few.</param>
/// <param name="Summary">All in short, where there are many entries.</param>
public sealed record FileDescription(
    string Path,
    ModelDescription? Model = null,
    IReadOnlyList<StructureDescription>? Structures = null,
    IReadOnlyList<string>? Skipped = null,
    DataSetSummary? Summary = null
)
{
    private const int MostShownEntries = 10;

    /// <summary>Whether anything in it could be read.</summary>
    public bool IsReadable => Model is not null || Structures is { Count: > 0 } || Summary is { Structures: > 0 };

    /// <summary>Reads a file or folder, whatever it holds.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="finder">Finds the space groups of structures.</param>
    /// <param name="format">How structures are written; null, as the name tells.</param>
    /// <param name="listsAll">Whether each structure is described, however many there are.</param>
    /// <param name="climbs">Whether the space groups of structures at other tolerances are told, too.</param>
    /// <param name="cancellation">Stops between entries.</param>
    /// <exception cref="InputException">There is no such file, or it is a model and damaged.</exception>
    public static FileDescription Read(
        string path,
        SymmetryFinder finder,
        IStructureFormat? format,
        bool listsAll,
        bool climbs,
        CancellationToken cancellation
    )
    {
        if (path.EndsWith(ModelCatalog.Extension, StringComparison.OrdinalIgnoreCase))
        {
            return new FileDescription(path, ModelDescription.Read(path));
        }

        List<string> skipped = [];
        List<StructureDescription> described = [];
        List<CrystalRecord> first = [];
        CrystalReader reader = new(path) { Format = format, OnUnreadable = problem => Keep(skipped, problem.Message) };
        DataSetStatistics statistics = DataSetStatistics.Of(
            reader
                .Read(cancellation)
                .Select(crystal =>
                {
                    if (listsAll)
                    {
                        described.Add(StructureDescription.Of(crystal, finder, climbs));
                    }
                    else
                    {
                        Keep(first, crystal);
                    }

                    return crystal;
                })
        );
        bool isShort = reader.Count + reader.UnreadableCount <= MostShownEntries;
        described.AddRange(isShort ? first.Select(crystal => StructureDescription.Of(crystal, finder, climbs)) : []);
        return new FileDescription(
            path,
            Structures: isShort || listsAll ? described : null,
            Skipped: isShort ? skipped : null,
            Summary: isShort ? null : DataSetSummary.Of(statistics, reader.UnreadableCount, skipped)
        );
    }

    private static void Keep<T>(List<T> list, T entry)
    {
        if (list.Count < MostShownEntries)
        {
            list.Add(entry);
        }
    }
}

/// <summary>What a long data set holds, with the reasons why the first entries were skipped that were.</summary>
/// <param name="Structures">How many crystals there are.</param>
/// <param name="Skipped">How many entries hold no crystal.</param>
/// <param name="SkippedReasons">Why the first of these do not.</param>
/// <param name="Atoms">The atoms in the cell; null where there is no crystal.</param>
/// <param name="VolumePerAtom">In Å³; null where there is no crystal.</param>
/// <param name="Elements">How many crystals hold an element.</param>
/// <param name="Labels">The finite numbers of each label, in its unit.</param>
/// <param name="Splits">How many crystals are of a split, as the source states it.</param>
public sealed record DataSetSummary(
    int Structures,
    int Skipped,
    IReadOnlyList<string> SkippedReasons,
    NumberSummary? Atoms,
    NumberSummary? VolumePerAtom,
    IReadOnlyDictionary<string, int> Elements,
    IReadOnlyDictionary<string, NumberSummary> Labels,
    IReadOnlyDictionary<string, int> Splits
)
{
    internal static DataSetSummary Of(DataSetStatistics statistics, int skipped, IReadOnlyList<string> reasons) =>
        new(
            statistics.Crystals,
            skipped,
            reasons,
            statistics.AtomCount,
            statistics.VolumePerAtom,
            statistics.Elements.ToDictionary(pair => pair.Key.Symbol, pair => pair.Value),
            statistics.Labels,
            statistics.Splits
        );
}
