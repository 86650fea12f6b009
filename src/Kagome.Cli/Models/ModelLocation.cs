namespace Kagome.Cli.Models;

/// <summary>Where models are: a path, or a name among those that came with the program.</summary>
internal static class ModelLocation
{
    public const string Extension = ".safetensors";

    /// <summary>Names the folder of models where it is not the one beside the program.</summary>
    public const string FolderVariable = "KAGOME_MODELS";

    /// <summary>The folder of the models that came with the program.</summary>
    public static string ShippedFolder =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
            ? folder
            : Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Paths of the models that came with the program, in the order of their names.</summary>
    public static IReadOnlyList<string> Shipped =>
        Directory.Exists(ShippedFolder)
            ? [.. Directory.GetFiles(ShippedFolder, $"*{Extension}").Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The path of a model.</summary>
    /// <exception cref="BadInputException">There is neither such a file nor such a name.</exception>
    public static string Find(string nameOrPath)
    {
        if (File.Exists(nameOrPath))
        {
            return nameOrPath;
        }

        IReadOnlyList<string> shipped = Shipped;
        return shipped.FirstOrDefault(path => Name(path).Equals(nameOrPath, StringComparison.Ordinal))
            ?? throw new BadInputException(
                shipped.Count > 0
                    ? $"Unknown model '{nameOrPath}'. Choose {string.Join(", ", shipped.Select(Name))}, or give the path of a {Extension} file."
                    : $"Unknown model '{nameOrPath}': no models came with this program (looked in {ShippedFolder}). Give the path of a {Extension} file."
            );
    }

    /// <summary>What the SHA256SUMS in the model's folder says of it; null where it is not listed.</summary>
    /// <exception cref="BadInputException">The list is damaged.</exception>
    public static string? ExpectedChecksum(string path) =>
        ModelChecksums.Of(Path.GetDirectoryName(Path.GetFullPath(path))!).Find(Path.GetFileName(path));

    /// <summary>What people type for a model.</summary>
    public static string Name(string path) => Path.GetFileNameWithoutExtension(path);
}
