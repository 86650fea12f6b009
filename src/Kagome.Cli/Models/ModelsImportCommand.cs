using System.CommandLine;

namespace Kagome.Cli.Models;

/// <summary>kagome models import: brings checkpoints of DAO's authors into our format.</summary>
internal static class ModelsImportCommand
{
    public static Command Create()
    {
        Argument<string> source = new("FILE") { Description = "A .ckpt file as PyTorch Lightning saves it." };
        Argument<string> target = new("OUT") { Description = "The model file to write; ends in .safetensors." };
        Option<string?> scaler = new("--scaler")
        {
            Description = "The label scaler; prop_scaler.pt beside FILE by default, if there is one.",
        };
        Option<bool> force = new("--force") { Description = "Replace OUT if it exists." };
        Command command = new(
            "import",
            "Import a released checkpoint of DAO, without Python.\n\nExample:\n  kagome models import dao-g.ckpt dao-g.safetensors"
        )
        {
            source,
            target,
            scaler,
            force,
        };
        command.SetWork(
            (parsed, _) =>
                Task.FromResult(
                    ModelImport.Run(
                        parsed.GetRequiredValue(source),
                        parsed.GetRequiredValue(target),
                        parsed.GetValue(scaler),
                        parsed.GetValue(force),
                        parsed.InvocationConfiguration.Output
                    )
                )
        );
        return command;
    }
}
