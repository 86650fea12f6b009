using System.CommandLine;
using System.Globalization;
using Kagome.Checkpoints;
using Kagome.Cli.Output;

namespace Kagome.Cli.Models;

/// <summary>kagome models list: the models that came with the program.</summary>
internal static class ModelsListCommand
{
    private const int ShownDigits = 12;

    public static Command Create()
    {
        Option<bool> json = new("--json") { Description = "Print the list as JSON." };
        Command command = new("list", "List the models that came with Kagome.\n\nExample:\n  kagome models list --json")
        {
            json,
        };
        command.SetWork(
            (parsed, _) =>
                Task.FromResult(
                    Run(
                        parsed.GetValue(json),
                        parsed.InvocationConfiguration.Output,
                        parsed.InvocationConfiguration.Error
                    )
                )
        );
        return command;
    }

    private static int Run(bool printsJson, TextWriter output, TextWriter error)
    {
        List<ModelDescription> models = [];
        int damagedCount = 0;
        foreach (string path in ModelLocation.Shipped)
        {
            try
            {
                models.Add(ModelDescription.Read(path));
            }
            catch (CheckpointException exception)
            {
                error.WriteLine($"kagome: {exception.Message}");
                damagedCount++;
            }
        }

        if (printsJson)
        {
            output.WriteLine(JsonText.Format(models));
        }
        else if (models.Count + damagedCount == 0)
        {
            error.WriteLine($"No models came with this program (looked in {ModelLocation.ShippedFolder}).");
        }
        else
        {
            Print(models, output);
        }

        return damagedCount == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Print(List<ModelDescription> models, TextWriter output)
    {
        TextTable table = new("name", "kind", "parameters", "data", "size", "sha256");
        foreach (ModelDescription model in models)
        {
            table.Add(
                ModelLocation.Name(model.Path),
                $"{model.Provenance.Kind}".ToLowerInvariant(),
                model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture),
                string.Join(", ", model.Provenance.DataSets.Select(source => source.Name)),
                ByteCount.Format(model.Bytes),
                model.Checksum[..ShownDigits]
            );
        }

        table.Write(output);
    }
}
