using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Diagnosis;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome doctor: whether everything that Kagome needs is there and works.</summary>
internal static class DoctorCommand
{
    private const string Help = """
        Check this computer and this installation; add its output to bug reports.

        Example:
          kagome doctor
        """;

    public static Command Create()
    {
        Option<bool> json = Json("Print the findings as JSON.");
        Command command = new("doctor", Help) { json };
        return command.SetWork(
            (parsed, cancellation) => Run(parsed.GetValue(json), CommandStreams.Of(parsed), cancellation)
        );
    }

    private static int Run(bool printsJson, CommandStreams streams, CancellationToken cancellation)
    {
        ModelOptions models = new() { Folder = ModelFolder.Path };
        Finding[] findings =
        [
            .. Installation
                .Examine(models, Environment.CurrentDirectory, cancellation)
                .Select(finding => finding with { WayOut = OptionNames.Reword(finding.WayOut, finding.Options) }),
        ];
        streams.Print(printsJson, DocumentSchema.Doctor, findings, output => Print(findings, output));
        return findings.Any(finding => finding.State == FindingState.Broken) ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Print(Finding[] findings, TextWriter output)
    {
        TextTable.Write(output, findings.Select(finding => (finding.Name, finding.Value)));
        output.WriteLine();
        PrintProblems(findings, FindingState.Broken, "Broken:", output);
        PrintProblems(findings, FindingState.Limited, "Could be better:", output);
        if (findings.All(finding => finding.State != FindingState.Broken))
        {
            output.WriteLine("Kagome works here.");
        }
    }

    private static void PrintProblems(Finding[] findings, FindingState state, string heading, TextWriter output)
    {
        Finding[] problems = [.. findings.Where(finding => finding.State == state)];
        if (problems.Length == 0)
        {
            return;
        }

        output.WriteLine(heading);
        foreach (Finding problem in problems)
        {
            output.WriteLine($"  {problem.Name}: {problem.Value}. {problem.WayOut}");
        }
    }
}
