using System.CommandLine;
using System.Globalization;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Models.OfficialDao;
using Kagome.Output;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome models: the models at hand.</summary>
internal static class ModelsCommand
{
    private const string InfoHelp = """
        Show a model: its origin, licences, configuration and checksum.

        Example:
          kagome models info kagome-g
        """;

    private const string VerifyHelp = """
        Compare models with their seals and with the SHA256SUMS beside them.

        Example:
          kagome models verify kagome-g
        """;

    private const string ImportHelp = """
        Import a released checkpoint of DAO, without Python.

        Example:
          kagome models import dao-g.ckpt dao-g.safetensors
        """;

    private const string PackHelp = """
        Store a model's weights in 16 bits (float16), for shipping.

        Example:
          kagome models pack runs/mine/model.safetensors mine.safetensors
        """;

    private const int ShownDigits = 12;

    private static string NoModels => $"No models came with this program (looked in {ModelFolder.Catalog.Folder}).";

    public static Command Create() =>
        new("models", "List, inspect, verify, import and pack models.\n\nExample:\n  kagome models list")
        {
            List(),
            Info(),
            Verify(),
            Import(),
            Pack(),
        };

    private static Command List()
    {
        Option<bool> json = Json("Print the list as JSON.");
        Command command = new("list", "List the models that came with Kagome.\n\nExample:\n  kagome models list --json")
        {
            json,
        };
        return command.SetWork(
            (parsed, _) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                List<ModelDescription> models = [];
                int damagedCount = 0;
                foreach (string path in ModelFolder.Catalog.Files)
                {
                    try
                    {
                        models.Add(ModelDescription.Read(path));
                    }
                    catch (CheckpointException exception)
                    {
                        streams.Error.WriteLine($"kagome: {exception.Message}");
                        damagedCount++;
                    }
                }

                if (parsed.GetValue(json))
                {
                    streams.Output.WriteLine(DocumentSchema.Models.Format(models));
                }
                else if (models.Count + damagedCount == 0)
                {
                    streams.Error.WriteLine(NoModels);
                }
                else
                {
                    Print(models, streams.Output);
                }

                return damagedCount == 0 ? ExitCode.Success : ExitCode.Failure;
            }
        );
    }

    private static void Print(List<ModelDescription> models, TextWriter output)
    {
        TextTable table = new("name", "kind", "parameters", "data", "size", "sha256");
        foreach (ModelDescription model in models)
        {
            table.Add(
                ModelCatalog.Name(model.Path),
                $"{model.Provenance.Kind}".ToLowerInvariant(),
                model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture),
                string.Join(", ", model.Provenance.DataSets.Select(source => source.Name)),
                ByteCount.Format(model.Bytes),
                model.Checksum[..ShownDigits]
            );
        }

        table.Write(output);
    }

    private static Command Info()
    {
        Argument<string> model = Operand<string>("MODEL", "A model's name or file.");
        Option<bool> json = Json("Print it as JSON.");
        Command command = new("info", InfoHelp) { model, json };
        return command.SetWork(
            (parsed, _) =>
            {
                string path = ModelFolder.Catalog.Find(parsed.GetRequiredValue(model));
                ModelDescription description = ModelDescription.Read(path);
                return CommandStreams
                    .Of(parsed)
                    .Print(
                        parsed.GetValue(json),
                        DocumentSchema.Model,
                        description,
                        output => ModelView.Write(description, output)
                    );
            }
        );
    }

    private static Command Verify()
    {
        Argument<string[]> models = Operand<string[]>(
            "MODEL",
            "Names or files of models; without any, all that came with Kagome.",
            ArgumentArity.ZeroOrMore
        );
        Option<bool> json = Json("Print what came of each as JSON.");
        Command command = new("verify", VerifyHelp) { models, json };
        return command.SetWork(
            (parsed, _) =>
            {
                ModelCatalog catalog = ModelFolder.Catalog;
                string[] paths = [.. (parsed.GetValue(models) ?? []).Select(catalog.Find)];
                ModelVerification[] results =
                [
                    .. paths.Length > 0 ? paths.Select(ModelVerification.Of) : catalog.Verify(),
                ];
                if (results.Length == 0)
                {
                    throw new InputException($"{NoModels} Give the path of a {ModelCatalog.Extension} file.");
                }

                CommandStreams
                    .Of(parsed)
                    .Print(
                        parsed.GetValue(json),
                        DocumentSchema.ModelVerification,
                        results,
                        output => Print(results, output)
                    );
                return results.All(result => result.IsIntact) ? ExitCode.Success : ExitCode.Failure;
            }
        );
    }

    private static void Print(ModelVerification[] results, TextWriter output)
    {
        foreach (ModelVerification result in results)
        {
            string verdict =
                !result.IsIntact ? $"FAILED: {result.Problem}"
                : result.IsListed ? "OK"
                : $"OK by its own seal; no {ModelChecksums.FileName} lists it";
            output.WriteLine($"{result.Name}: {verdict}");
        }
    }

    private static Command Import()
    {
        Argument<string> source = Operand<string>("FILE", "A .ckpt file as PyTorch Lightning saves it.");
        Argument<string> target = Operand<string>("OUT", "The model file to write; ends in .safetensors.");
        Option<string?> scaler = Text(
            "--scaler",
            "The label scaler; prop_scaler.pt beside FILE by default, if there is one."
        );
        Option<bool> force = Force("Replace OUT if it exists.");
        Command command = new("import", ImportHelp) { source, target, scaler, force };
        return command.SetWork(
            (parsed, _) =>
            {
                string path = parsed.GetRequiredValue(target);
                if (!path.EndsWith(ModelCatalog.Extension, StringComparison.OrdinalIgnoreCase))
                {
                    throw new InputException(
                        $"{path} is no name of a model file; expected one that ends in {ModelCatalog.Extension}."
                    );
                }

                OutputFile.RefuseReplacing(path, parsed.GetValue(force));
                using ImportedCheckpoint imported = OfficialCheckpoint.Import(
                    parsed.GetRequiredValue(source),
                    parsed.GetValue(scaler)
                );
                string checksum = Save(parsed.GetRequiredValue(source), path, imported.Checkpoint);
                ModelView.Write(path, checksum, imported, parsed.InvocationConfiguration.Output);
                return ExitCode.Success;
            }
        );
    }

    private static string Save(string source, string target, Checkpoint checkpoint)
    {
        try
        {
            return CheckpointFile.Save(target, checkpoint);
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"{source}: {exception.Message}", exception);
        }
    }

    private static Command Pack()
    {
        Argument<string> source = Operand<string>("MODEL", "A model's name or file.");
        Argument<string> target = Operand<string>("OUT", "The model file to write; ends in .safetensors.");
        Option<string?> notes = Text("--notes", "What users should know, kept in the file.");
        Option<bool> force = Force("Replace OUT if it exists.");
        Command command = new("pack", PackHelp) { source, target, notes, force };
        return command.SetWork(
            (parsed, _) =>
            {
                string path = parsed.GetRequiredValue(target);
                OutputFile.RefuseReplacing(path, parsed.GetValue(force));
                using Checkpoint model = ModelFolder.Catalog.Load(parsed.GetRequiredValue(source));
                Checkpoint packed = model.WithProvenance(
                    model.Provenance with
                    {
                        Notes = parsed.GetValue(notes) ?? model.Provenance.Notes,
                    }
                );
                string checksum = CheckpointFile.Save(path, packed, WeightPrecision.Half);
                parsed.InvocationConfiguration.Output.WriteLine($"{checksum}  {Path.GetFileName(path)}");
                return ExitCode.Success;
            }
        );
    }
}
