using Kagome.Campaigns;

namespace Kagome.Cli.Options;

/// <summary>Formulas of the command line, and of a file with a formula a line, each with an atom count of its cell if wanted; # begins a remark.</summary>
internal static class FormulaList
{
    /// <summary>All formulas, those of the command line first.</summary>
    /// <exception cref="InputException">There is none, or a line is neither.</exception>
    public static IReadOnlyList<Entry> Read(IEnumerable<string> named, string? path)
    {
        Entry[] all =
        [
            .. named.Select(formula => new Entry(formula, Atoms: null, Place: null)),
            .. path is null ? [] : ReadFile(path),
        ];
        return all.Length > 0
            ? all
            : throw new InputException(
                "There is no formula. Give one, such as `kagome predict NaCl`, or a file with --from."
            );
    }

    /// <summary>Plans the entries; what is wrong with one names its file and line, and one that is there twice is done once.</summary>
    /// <exception cref="InputException">While enumerating: a line of a file is no formula, or cannot be planned.</exception>
    public static IEnumerable<PredictionPlan> PlanEach(
        IReadOnlyList<Entry> entries,
        Func<Entry, PredictionPlan> plan,
        TextWriter error
    )
    {
        Dictionary<(string, int?), Entry> done = [];
        foreach (Entry entry in entries)
        {
            PredictionPlan planned = Place(entry, plan);
            if (done.TryGetValue((planned.Composition.Formula, entry.Atoms), out Entry? former))
            {
                error.WriteLine(
                    $"warning: {entry.At}{entry.Formula} is {former.At}{former.Formula} again, and done once."
                );
                continue;
            }

            done[(planned.Composition.Formula, entry.Atoms)] = entry;
            yield return planned;
        }
    }

    private static PredictionPlan Place(Entry entry, Func<Entry, PredictionPlan> plan)
    {
        try
        {
            return plan(entry);
        }
        catch (KagomeException problem) when (entry.Place is not null)
        {
            throw new InputException($"{entry.At}{OptionNames.Reword(problem)}");
        }
    }

    private static IEnumerable<Entry> ReadFile(string path) =>
        FormulaFile
            .Read(path)
            .Select(line =>
                line.Problem is { } problem
                    ? throw new InputException($"{path}:{line.Line}: {problem}")
                    : new Entry(line.Formula, line.Atoms, $"{path}:{line.Line}")
            );

    /// <param name="Formula">As it is written.</param>
    /// <param name="Atoms">Of the cell; null where any will do.</param>
    /// <param name="Place">The file and line; null for the command line.</param>
    internal sealed record Entry(string Formula, int? Atoms, string? Place)
    {
        /// <summary>The place before a message.</summary>
        public string At => Place is null ? "" : $"{Place}: ";
    }
}
