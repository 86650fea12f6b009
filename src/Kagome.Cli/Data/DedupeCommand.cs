using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Data;

/// <summary>kagome data dedupe: each crystal once.</summary>
internal static class DedupeCommand
{
    private const string Help = """
        Keep the first of each set of crystals that are the same, and none that occurs in other data sets.

        Crystals are the same where their reduced formulas are, their fingerprints are alike, and the matcher says so with pymatgen's default
        tolerances (ltol 0.2, stol 0.3, angle_tol 5): other cells, origins, orientations and sizes make no difference. The order stays. Temporary files
        of about 50 bytes an atom lie beside the output meanwhile.

        Example:
          kagome data dedupe all.jsonl.gz --against mp20-val.jsonl.gz mp20-test.jsonl.gz --out unique.jsonl.gz --report duplicates.jsonl
        """;

    public static Command Create()
    {
        Argument<string[]> files = DataCommand.Files();
        Option<string> output = DataCommand.Output("The data set to write, such as unique.jsonl.gz.");
        Option<string[]> against = new("--against")
        {
            Description = "Data sets whose crystals must not occur, such as those of benchmarks.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> report = new("--report")
        {
            Description =
                "File for a JSON line a crystal that is left out: its id and that of the one that it is the same as.",
        };
        Option<bool> force = DataCommand.Force();
        Option<bool> json = DataCommand.Json();
        Command command = new("dedupe", Help) { files, output, against, report, force, json };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    DedupeData.Run(
                        new DedupeRequest
                        {
                            Paths = parsed.GetRequiredValue(files),
                            Against = parsed.GetValue(against) ?? [],
                            Output = parsed.GetRequiredValue(output),
                            Report = parsed.GetValue(report),
                            IsForced = parsed.GetValue(force),
                            PrintsJson = parsed.GetValue(json),
                        },
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
