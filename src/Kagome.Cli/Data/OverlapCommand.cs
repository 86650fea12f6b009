using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Data;

/// <summary>kagome data overlap: what two data sets share.</summary>
internal static class OverlapCommand
{
    private const string Help = """
        Count the formulas that two data sets share, and the crystals of each that the matcher finds in the other.

        Temporary files of about 50 bytes an atom lie in the system's temporary folder meanwhile.

        Example:
          kagome data overlap train.jsonl.gz test.jsonl.gz
        """;

    public static Command Create()
    {
        Argument<string> first = new("FIRST") { Description = "A data set." };
        Argument<string> second = new("SECOND") { Description = "Another one." };
        Option<bool> json = DataCommand.Json();
        Command command = new("overlap", Help) { first, second, json };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    OverlapData.Run(
                        parsed.GetRequiredValue(first),
                        parsed.GetRequiredValue(second),
                        parsed.GetValue(json),
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
