using Kagome.Checkpoints;

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

    /// <summary>Reads a model and compares it with the checksum that its folder states.</summary>
    /// <exception cref="BadInputException">There is neither such a file nor such a name.</exception>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public static Checkpoint Load(string nameOrPath)
    {
        string path = Find(nameOrPath);
        return CheckpointFile.Load(path, ExpectedChecksum(path));
    }

    /// <summary>Reads a model that must be of one kind.</summary>
    /// <exception cref="BadInputException">It is of another kind.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static Checkpoint Load(string nameOrPath, ModelKind kind)
    {
        Checkpoint model = Load(nameOrPath);
        if (model.Provenance.Kind == kind)
        {
            return model;
        }

        model.Dispose();
        throw new BadInputException(
            $"Model {model.Provenance.Name} is a {Word(model.Provenance.Kind)}; expected a {Word(kind)}. See `kagome models list`."
        );
    }

    private static string Word(ModelKind kind) =>
        $"{kind}".ToLowerInvariant() + (kind == ModelKind.Property ? " model" : "");

    /// <summary>What the SHA256SUMS in the model's folder says of it; null where it is not listed.</summary>
    /// <exception cref="BadInputException">The list is damaged.</exception>
    public static string? ExpectedChecksum(string path) =>
        ModelChecksums.Of(Path.GetDirectoryName(Path.GetFullPath(path))!).Find(Path.GetFileName(path));

    /// <summary>What people type for a model.</summary>
    public static string Name(string path) => Path.GetFileNameWithoutExtension(path);
}
