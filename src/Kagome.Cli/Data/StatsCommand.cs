using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Data;

/// <summary>kagome data stats: what data sets hold.</summary>
internal static class StatsCommand
{
    private const string Help = """
        Count what data sets hold: crystals, formulas, elements, cell sizes, splits and labels.

        Several data sets count as one.

        Example:
          kagome data stats mp20-train.jsonl.gz --out statistics
        """;

    public static Command Create()
    {
        Argument<string[]> files = DataCommand.Files();
        Option<string?> output = new("--out")
        {
            Description =
                "Folder for statistics.json, elements.csv, cell-sizes.csv, labels.csv and plots (PNG and SVG).",
        };
        Option<bool> json = DataCommand.Json();
        Command command = new("stats", Help) { files, output, json };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    DataStats.Run(
                        parsed.GetRequiredValue(files),
                        parsed.GetValue(output),
                        parsed.GetValue(json),
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
