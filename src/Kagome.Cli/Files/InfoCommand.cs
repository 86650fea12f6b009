using System.CommandLine;

namespace Kagome.Cli.Files;

/// <summary>kagome info: what files hold.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Files or folders of structures, data sets, or models.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = new("--json") { Description = "Print it as JSON." };
        Option<double> symprec = SymprecOption.Create();
        Command command = new(
            "info",
            "Show what files hold: cells, densities, shortest distances, space groups; a summary of data sets.\n\nExample:\n  kagome info NaCl.cif"
        )
        {
            files,
            json,
            symprec,
        };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    Info.Run(
                        parsed.GetRequiredValue(files),
                        parsed.GetValue(json),
                        SymprecOption.Checked(parsed.GetValue(symprec)),
                        parsed.InvocationConfiguration,
                        cancellation
                    )
                )
        );
        return command;
    }
}
