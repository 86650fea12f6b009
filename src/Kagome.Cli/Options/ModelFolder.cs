using Kagome.Models;

namespace Kagome.Cli.Options;

/// <summary>Where the models lie that came with the program.</summary>
internal static class ModelFolder
{
    /// <summary>Names the folder of models where it is not the one beside the program.</summary>
    public const string Variable = "KAGOME_MODELS";

    /// <summary>Null for the one beside the program.</summary>
    public static string? Path =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    public static ModelCatalog Catalog => new(Path);
}
