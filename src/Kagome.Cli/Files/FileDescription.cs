using Kagome.Cli.Models;
using Kagome.Formats;

namespace Kagome.Cli.Files;

/// <summary>What a file holds: a model, some structures, or a data set too long to show each.</summary>
/// <param name="Path">The file or folder, as the user named it.</param>
/// <param name="Model">Where it is a model.</param>
/// <param name="Structures">Each structure, where there are few.</param>
/// <param name="Skipped">Why entries could not be read, where there are few.</param>
/// <param name="Summary">Where there are many entries.</param>
internal sealed record FileDescription(
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

    /// <param name="path">The file or folder.</param>
    /// <param name="symprec">How exact a symmetry has to be, in Å.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static FileDescription Read(string path, double symprec, CancellationToken cancellation)
    {
        if (path.EndsWith(ModelLocation.Extension, StringComparison.OrdinalIgnoreCase))
        {
            return new FileDescription(path, ModelDescription.Read(path));
        }

        using IEnumerator<DataSetEntry> entries = DataSet.Read(path).GetEnumerator();
        List<DataSetEntry> first = [];
        while (first.Count <= MostShownEntries && entries.MoveNext())
        {
            first.Add(entries.Current);
        }

        return first.Count <= MostShownEntries
            ? OfFew(path, first, symprec)
            : new FileDescription(path, Summary: Summarise(first, entries, cancellation));
    }

    private static FileDescription OfFew(string path, List<DataSetEntry> entries, double symprec)
    {
        List<string> skipped = [];
        StructureDescription[] structures =
        [
            .. entries
                .Records(problem => skipped.Add(problem.Message))
                .Select(record => StructureDescription.Of(record, symprec)),
        ];
        return new FileDescription(path, Structures: structures, Skipped: skipped);
    }

    private static DataSetSummary Summarise(
        List<DataSetEntry> first,
        IEnumerator<DataSetEntry> rest,
        CancellationToken cancellation
    )
    {
        DataSetSummary summary = new();
        first.ForEach(summary.Add);
        while (rest.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            summary.Add(rest.Current);
        }

        return summary;
    }
}
