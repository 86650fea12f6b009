using System.CommandLine;
using System.Globalization;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Compositions;
using Kagome.DataSets;
using Kagome.Formats;
using Kagome.Reports.DataSets;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome data: work on data sets of crystals of any size.</summary>
internal sealed partial class DataCommand
{
    private const string StatsHelp = """
        Count what data sets hold: crystals, formulas, elements, cell sizes, splits and labels.

        Several data sets count as one.

        Example:
          kagome data stats mp20-train.jsonl.gz --out statistics
        """;

    private const string FilterHelp = """
        Keep the crystals that meet every condition, and say how many were left out for each other reason.

        What a filter says holds of every crystal afterwards: one that lacks a label that is asked for is left out, unless --keep-unlabelled.

        Example:
          kagome data filter all.jsonl.gz --out small.jsonl.gz --atoms 3..30 --max-energy 1 --without-elements Pb,Hg
          kagome data filter all.jsonl.gz --out train.jsonl.gz --without-formulas-of val.jsonl.gz
        """;

    private const string SplitHelp = """
        Split a data set so that all polymorphs of a formula are in one part.

        A formula's part depends on nothing but the formula, the shares and the seed: more crystals later, or another order, change no other crystal's
        part. The last named part takes the formulas of the lowest hashes, so that val of train=0.9,val=0.1 is what training holds out by itself.
        Each part states its name as the split of its crystals.

        Example:
          kagome data split all.jsonl.gz --out splits --shares train=0.9,val=0.05,test=0.05
        """;

    private readonly Argument<string[]> files = Operand<string[]>(
        "FILE",
        "Data sets: files or folders, in any format that Kagome reads.",
        ArgumentArity.OneOrMore
    );

    private readonly SourceFormat from = new();

    private readonly Option<bool> force = Force();

    private readonly ReaderRemarks remarks = new();

    private readonly Option<bool> json = Json("Print the counts as JSON on stdout.");

    public static Command Create()
    {
        DataCommand data = new();
        return new Command(
            "data",
            """
            Work on data sets of crystals: statistics, filters, hulls, duplicates, splits, overlaps.

            Data sets are JSON lines, CSV with a column of CIFs, extended XYZ (each also with .gz), or folders of files. They are read one crystal at a
            time, so that a million takes no more memory than a thousand.

            Example:
              kagome data filter all.jsonl.gz --out small.jsonl.gz --atoms 3..30 --max-energy 1
              kagome data dedupe small.jsonl.gz --against mp20-val.jsonl.gz mp20-test.jsonl.gz --out unique.jsonl.gz
              kagome data split unique.jsonl.gz --out splits --shares train=0.9,val=0.1
            """
        )
        {
            data.Stats(),
            data.Filter(),
            data.Hull(),
            data.Dedupe(),
            data.Split(),
            data.Overlap(),
            ConvertCommand.Create(),
        };
    }

    private Command Stats()
    {
        Option<string?> output = Text(
            "--out",
            "Folder for statistics.json, elements.csv, cell-sizes.csv, labels.csv and plots (PNG and SVG)."
        );
        Command command = new("stats", StatsHelp) { files, from.Option, output, json };
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CrystalReader source = Open(parsed, parsed.GetRequiredValue(files));
                DataSetStatistics statistics = Work(
                    parsed,
                    [source],
                    progress => DataSetStatistics.Of(source, progress, cancellation)
                );
                DataSetReport report = new(source.Paths, statistics);
                if (parsed.GetValue(output) is { } folder)
                {
                    report.Write(folder);
                }

                return Print(parsed, DocumentSchema.Statistics, report.Document, new StatisticsTable(statistics).Print);
            }
        );
    }

    private Command Filter()
    {
        Option<string> output = RequiredText("--out", "The data set to write, such as kept.jsonl.gz.");
        FilterOptions filter = new();
        Option<string[]> withoutFormulasOf = Paths(
            "--without-formulas-of",
            "Data sets of whose formulas no crystal is kept, such as those that are measured on."
        );
        Command command = new Command("filter", FilterHelp)
            .With(files, from.Option, output, withoutFormulasOf, force, json)
            .With(filter.All);
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CrystalReader source = Open(parsed, parsed.GetRequiredValue(files));
                CrystalReader others = Open(parsed, parsed.GetValue(withoutFormulasOf) ?? []);
                DataSetFilter conditions = filter.Read(parsed);
                string path = Target(parsed, parsed.GetRequiredValue(output));
                FilterCounts counts = Work(
                    parsed,
                    [source, others],
                    progress =>
                    {
                        HashSet<Composition> formulas =
                        [
                            .. others.Read(cancellation).Select(crystal => crystal.Structure.Composition.Reduced),
                        ];
                        return (conditions with { WithoutFormulas = formulas }).Write(
                            source,
                            path,
                            progress,
                            cancellation
                        );
                    }
                );
                return Print(
                    parsed,
                    DocumentSchema.Filter,
                    counts,
                    text =>
                    {
                        text.WriteLine($"{path}: {counts.Kept} of {counts.Crystals} crystals");
                        foreach ((string reason, int count) in counts.LeftOut.OrderByDescending(pair => pair.Value))
                        {
                            text.WriteLine($"  {count} left out: {reason}");
                        }
                    }
                );
            }
        );
    }

    private Command Split()
    {
        Option<string> output = RequiredText("--out", "Folder for a file a part, such as train.jsonl.gz.");
        Option<string> shares = Text(
            "--shares",
            "Names of the parts and their shares of the formulas, which add up to 1.",
            "train=0.9,val=0.05,test=0.05"
        );
        Option<long> seed = Value<long>("--seed", "Another seed is another split.");
        Command command = new("split", SplitHelp) { files, from.Option, output, shares, seed, force, json };
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CrystalReader source = Open(parsed, parsed.GetRequiredValue(files));
                string folder = parsed.GetRequiredValue(output);
                string[] parts = parsed.GetRequiredValue(shares).Split(',', StringSplitOptions.TrimEntries);
                DataSetSplit split = new([.. parts.Select(Share)], parsed.GetValue(seed));
                IReadOnlyDictionary<string, string> paths = split.FilesIn(folder);
                foreach (string path in paths.Values)
                {
                    OutputFile.RefuseReplacing(path, parsed.GetValue(force));
                }

                SplitCounts counts = Work(
                    parsed,
                    [source],
                    progress => split.Write(source, folder, progress, cancellation)
                );
                return Print(
                    parsed,
                    DocumentSchema.Split,
                    counts,
                    text =>
                    {
                        foreach ((string name, int count) in counts.Parts)
                        {
                            text.WriteLine($"{paths[name]}: {count} crystals ({100.0 * count / counts.Crystals:F2} %)");
                        }
                    }
                );
            }
        );
    }

    /// <exception cref="InputException">The file exists and may not be replaced.</exception>
    private string Target(ParseResult parsed, string path)
    {
        OutputFile.RefuseReplacing(path, parsed.GetValue(force));
        return path;
    }

    private static SplitShare Share(string text) =>
        text.Split('=') is [var name, var number]
        && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double share)
        && new SplitShare(name, share) is { HasName: true } part
            ? part
            : throw new InputException(
                $"--shares has '{text}'; expected a name of letters and digits and a share, such as train=0.9,val=0.1."
            );

    private CrystalReader Open(ParseResult parsed, params string[] paths) =>
        new(paths) { Format = from.Read(parsed), OnRemark = remarks.Add };

    /// <summary>Works with progress on stderr, and says what readers decided and how many entries could not be read, also where the work failed.</summary>
    private T Work<T>(ParseResult parsed, IReadOnlyList<CrystalReader> sources, Func<IProgress<WorkProgress>, T> work)
    {
        TextWriter error = parsed.InvocationConfiguration.Error;
        try
        {
            using ConsoleProgress progress = new(error);
            return work(progress);
        }
        finally
        {
            remarks.Write(error);
            foreach (CrystalReader source in sources.Where(source => source is { Count: > 0, UnreadableCount: > 0 }))
            {
                error.WriteLine($"{source.UnreadableCount} entries cannot be read, the first: {source.FirstProblem}");
            }
        }
    }

    private int Print(ParseResult parsed, DocumentSchema schema, object document, Action<TextWriter> text) =>
        CommandStreams.Of(parsed).Print(parsed.GetValue(json), schema, document, text);
}
