using System.CommandLine;

namespace Kagome.Cli.Diagnosis;

/// <summary>kagome doctor: whether everything that Kagome needs is there and works.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<bool> json = new("--json") { Description = "Print the findings as JSON." };
        Command command = new(
            "doctor",
            "Check this computer and this installation; add its output to bug reports.\n\nExample:\n  kagome doctor"
        )
        {
            json,
        };
        command.SetWork(
            (parsed, _) => Task.FromResult(Doctor.Run(parsed.GetValue(json), parsed.InvocationConfiguration.Output))
        );
        return command;
    }
}
