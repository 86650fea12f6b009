using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Data;

/// <summary>kagome data filter: the crystals that meet conditions.</summary>
internal static class FilterCommand
{
    private const string Help = """
        Keep the crystals that meet every condition, and say how many were left out for each other reason.

        What a filter says holds of every crystal afterwards: one that lacks a label that is asked for is left out, unless --keep-unlabelled.

        Example:
          kagome data filter all.jsonl.gz --out small.jsonl.gz --atoms 3..30 --max-energy 1 --without-elements Pb,Hg
        """;

    public static Command Create()
    {
        Argument<string[]> files = DataCommand.Files();
        Option<string> output = DataCommand.Output("The data set to write, such as kept.jsonl.gz.");
        FilterOptions filter = new();
        Option<bool> force = DataCommand.Force();
        Option<bool> json = DataCommand.Json();
        Command command = new("filter", Help) { files, output, force, json };
        filter.AddTo(command);
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    FilterData.Run(
                        parsed.GetRequiredValue(files),
                        parsed.GetRequiredValue(output),
                        filter.Read(parsed),
                        parsed.GetValue(force),
                        parsed.GetValue(json),
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
