using System.CommandLine;

namespace Kagome.Cli.Models;

/// <summary>kagome models: the models at hand.</summary>
internal static class ModelsCommand
{
    public static Command Create() =>
        new("models", "List, inspect, verify, import and pack models.\n\nExample:\n  kagome models list")
        {
            ModelsListCommand.Create(),
            ModelsInfoCommand.Create(),
            ModelsVerifyCommand.Create(),
            ModelsImportCommand.Create(),
            ModelsPackCommand.Create(),
        };
}
