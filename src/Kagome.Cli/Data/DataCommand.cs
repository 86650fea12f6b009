using System.CommandLine;
using Kagome.Cli.Files;

namespace Kagome.Cli.Data;

/// <summary>kagome data: work on data sets of crystals of any size.</summary>
internal static class DataCommand
{
    private const string Help = """
        Work on data sets of crystals: statistics, filters, duplicates, splits, overlaps.

        Data sets are JSON lines, CSV with a column of CIFs, extended XYZ (each also with .gz), or folders of files. They are read one crystal at a
        time, so that a million takes no more memory than a thousand.

        Example:
          kagome data filter all.jsonl.gz --out small.jsonl.gz --atoms 3..30 --max-energy 1
          kagome data dedupe small.jsonl.gz --against mp20-val.jsonl.gz mp20-test.jsonl.gz --out unique.jsonl.gz
          kagome data split unique.jsonl.gz --out splits --shares train=0.9,val=0.1
        """;

    public static Command Create() =>
        new("data", Help)
        {
            StatsCommand.Create(),
            FilterCommand.Create(),
            DedupeCommand.Create(),
            SplitCommand.Create(),
            OverlapCommand.Create(),
            ConvertCommand.Create(),
        };

    /// <summary>The data sets that a command reads.</summary>
    public static Argument<string[]> Files() =>
        new("FILE")
        {
            Description = "Data sets: files or folders, in any format that Kagome reads.",
            Arity = ArgumentArity.OneOrMore,
        };

    public static Option<string> Output(string description) =>
        new("--out") { Description = description, Required = true };

    public static Option<bool> Force() => new("--force") { Description = "Replace files that exist." };

    public static Option<bool> Json() => new("--json") { Description = "Print the counts as JSON on stdout." };
}
