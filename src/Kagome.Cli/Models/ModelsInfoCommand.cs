using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Models;

/// <summary>kagome models info: what a model is and where it comes from.</summary>
internal static class ModelsInfoCommand
{
    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "A model's name or file." };
        Option<bool> json = new("--json") { Description = "Print it as JSON." };
        Command command = new(
            "info",
            "Show a model: its origin, licences, configuration and checksum.\n\nExample:\n  kagome models info kagome-g"
        )
        {
            model,
            json,
        };
        command.SetWork(
            (parsed, _) =>
            {
                ModelDescription description = ModelDescription.Read(
                    ModelLocation.Find(parsed.GetRequiredValue(model))
                );
                TextWriter output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    output.WriteLine(JsonText.Format(description));
                }
                else
                {
                    ModelReport.Write(description, output);
                }

                return Task.FromResult(ExitCode.Success);
            }
        );
        return command;
    }
}
