using System.CommandLine;
using Kagome.Checkpoints;
using Kagome.Cli.Output;

namespace Kagome.Cli.Models;

/// <summary>kagome models pack: stores a trained model in half the space, for shipping.</summary>
internal static class ModelsPackCommand
{
    public static Command Create()
    {
        Argument<string> source = new("MODEL") { Description = "A model's name or file." };
        Argument<string> target = new("OUT") { Description = "The model file to write; ends in .safetensors." };
        Option<string?> notes = new("--notes") { Description = "What users should know, kept in the file." };
        Option<bool> force = new("--force") { Description = "Replace OUT if it exists." };
        Command command = new(
            "pack",
            "Store a model's weights in 16 bits (float16), for shipping.\n\nExample:\n  kagome models pack runs/mine/model.safetensors mine.safetensors"
        )
        {
            source,
            target,
            notes,
            force,
        };
        command.SetWork(
            (parsed, _) =>
                Task.FromResult(
                    Pack(
                        ModelLocation.Find(parsed.GetRequiredValue(source)),
                        parsed.GetRequiredValue(target),
                        parsed.GetValue(notes),
                        parsed.GetValue(force),
                        parsed.InvocationConfiguration.Output
                    )
                )
        );
        return command;
    }

    private static int Pack(string source, string target, string? notes, bool isForced, TextWriter output)
    {
        OutputFile.RefuseReplacing(target, isForced);
        using Checkpoint model = CheckpointFile.Load(source, ModelLocation.ExpectedChecksum(source));
        Checkpoint packed = model with
        {
            Provenance = model.Provenance with { Notes = notes ?? model.Provenance.Notes },
        };
        string checksum = CheckpointFile.Save(target, packed, WeightPrecision.Half);
        output.WriteLine($"{checksum}  {Path.GetFileName(target)}");
        return ExitCode.Success;
    }
}
