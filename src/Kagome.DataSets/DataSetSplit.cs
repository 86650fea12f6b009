using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets;

/// <summary>Sorts crystals into parts by their formulas, so that all polymorphs of one are in the same part.</summary>
/// <remarks>
/// <para>
/// The last named part takes the formulas of the lowest <see cref="FormulaHash.Share"/>, the one before it the next, and the first all that
/// are left: with train 0.9 and val 0.1, val is all that hash below 0.1, whatever else the data set holds.
/// </para>
/// <para>Immutable, and safe to use from several threads.</para>
/// </remarks>
public sealed class DataSetSplit
{
    private const double SumTolerance = 1e-6;
    private const string Ending = ".jsonl.gz";

    private readonly (string Name, double End)[] parts;

    /// <param name="shares">The parts, whose shares add up to 1; null for train 0.9, val 0.05 and test 0.05.</param>
    /// <param name="seed">Another seed is another split.</param>
    /// <exception cref="InputException">Names are empty or alike, a share is not above 0, or the shares do not add up to 1.</exception>
    public DataSetSplit(IReadOnlyList<SplitShare>? shares = null, long seed = 0)
    {
        Shares = shares ?? [new SplitShare("train", 0.9), new SplitShare("val", 0.05), new SplitShare("test", 0.05)];
        Seed = seed;
        Check();
        double end = 0;
        parts = [.. Shares.Reverse().Select(share => (share.Name, end += share.Share))];
    }

    /// <summary>The parts and their shares of the formulas.</summary>
    public IReadOnlyList<SplitShare> Shares { get; }

    /// <summary>The seed of the hash that formulas are sorted by.</summary>
    public long Seed { get; }

    /// <summary>The name of the part that a formula, and every crystal of it, belongs to.</summary>
    public string PartOf(Composition composition)
    {
        double share = FormulaHash.Share(composition, Seed);
        foreach ((string name, double end) in parts)
        {
            if (share < end)
            {
                return name;
            }
        }

        return parts[^1].Name;
    }

    /// <summary>The file of each part in a folder, by the part's name.</summary>
    public IReadOnlyDictionary<string, string> FilesIn(string folder) =>
        Shares.ToDictionary(share => share.Name, share => Path.Combine(folder, share.Name + Ending));

    /// <summary>Writes a file for each part; each crystal states its part as its split. Files appear when all are complete.</summary>
    /// <param name="source">What to split, one crystal at a time.</param>
    /// <param name="folder">Made where there is none. Files of earlier parts are replaced.</param>
    /// <param name="progress">Hears how many crystals were read.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="InputException">A part gets no crystal, or is read itself; nothing was written.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was written.</exception>
    public SplitCounts Write(
        CrystalReader source,
        string folder,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        IReadOnlyDictionary<string, string> files = FilesIn(folder);
        foreach (string file in files.Values)
        {
            TargetCheck.OfDataSet(file, source.Paths);
        }

        IEnumerable<CrystalRecord> crystals = source.ReadSome(progress, "split", cancellation);
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        Dictionary<string, DataSetWriter> writers = [];
        try
        {
            foreach ((string name, string file) in files)
            {
                writers.Add(name, new DataSetWriter(file));
            }

            HashSet<Composition> formulas = [];
            foreach (CrystalRecord crystal in crystals)
            {
                if (formulas.Count < Shares.Count)
                {
                    formulas.Add(crystal.Structure.Composition.Reduced);
                }

                string part = PartOf(crystal.Structure.Composition);
                // a part is what it is called now, whatever its source was called
                writers[part].Add(crystal with { Split = part });
            }

            Complete(writers, source.Count, formulas);
        }
        finally
        {
            writers.Values.ToList().ForEach(writer => writer.Dispose());
            if (isNew && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }

        return new SplitCounts(
            source.Count,
            source.UnreadableCount,
            writers.ToDictionary(writer => writer.Key, writer => writer.Value.Count)
        );
    }

    /// <param name="writers">Of each part.</param>
    /// <param name="crystals">How many were read.</param>
    /// <param name="formulas">All that there are, or as many as parts.</param>
    private static void Complete(
        Dictionary<string, DataSetWriter> writers,
        int crystals,
        IReadOnlyCollection<Composition> formulas
    )
    {
        if (formulas.Count < writers.Count)
        {
            string few =
                formulas.Count == 1
                    ? $"all have the formula {formulas.Single().Formula}"
                    : $"have {formulas.Count} formulas";
            throw new InputException(
                $"The {crystals} crystals {few}, and crystals of one formula stay together; expected at least a formula for each of the {writers.Count} parts. Add crystals of other formulas, or name fewer {nameof(Shares)}. Nothing was written.",
                formulas.Count,
                nameof(Shares)
            );
        }

        if (writers.FirstOrDefault(writer => writer.Value.Count == 0).Key is { } empty)
        {
            throw new InputException(
                $"{empty} gets none of the {crystals} crystals: formulas are few; choose a larger share or another {nameof(Seed)}. Nothing was written.",
                empty,
                nameof(Seed)
            );
        }

        foreach (DataSetWriter writer in writers.Values)
        {
            writer.Complete();
        }
    }

    private void Check()
    {
        if (Shares.FirstOrDefault(share => !(share.Share > 0 && share.Share <= 1)) is { } wrong)
        {
            throw Problem(
                $"the share of '{wrong.Name}' is {wrong.Share}; expected a number above 0, at most 1.",
                wrong
            );
        }

        if (Shares.FirstOrDefault(share => !share.HasName) is { } nameless)
        {
            throw Problem(
                $"'{nameless.Name}' is no name of a part; expected letters and digits, such as train.",
                nameless
            );
        }

        if (Shares.GroupBy(share => share.Name, StringComparer.OrdinalIgnoreCase).Any(same => same.Count() > 1))
        {
            throw Problem("two shares have the same name; expected names such as train and val.", Shares);
        }

        double sum = Shares.Sum(share => share.Share);
        if (!(Math.Abs(sum - 1) <= SumTolerance))
        {
            throw Problem($"the shares add up to {sum:G6}; expected 1, such as train=0.9,val=0.1.", sum);
        }
    }

    private static InputException Problem(string problem, object value) =>
        new($"{nameof(Shares)}: {problem}", value, nameof(Shares));
}

/// <summary>A part of a data set.</summary>
/// <param name="Name">The part's name, of letters, digits, - and _, such as train.</param>
/// <param name="Share">Its share of the formulas: above 0, at most 1.</param>
public sealed record SplitShare(string Name, double Share)
{
    /// <summary>Whether the name can be the name of a file.</summary>
    public bool HasName =>
        Name.Length > 0 && Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}

/// <summary>What a split did.</summary>
/// <param name="Crystals">How many crystals were read.</param>
/// <param name="Unreadable">How many entries hold no crystal.</param>
/// <param name="Parts">How many crystals each part got, by its name.</param>
public sealed record SplitCounts(int Crystals, int Unreadable, IReadOnlyDictionary<string, int> Parts);
