namespace Kagome.Cli.Models;

/// <summary>Stand-in until the models commands land.</summary>
internal static class ModelLocation
{
    public static string Find(string nameOrPath) =>
        File.Exists(nameOrPath)
            ? nameOrPath
            : Path.Combine(AppContext.BaseDirectory, "models", $"{nameOrPath}.safetensors");

    public static string? ExpectedChecksum(string path) => path.Length == 0 ? path : null;
}
