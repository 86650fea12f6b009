namespace Kagome.Models;

/// <summary>A folder of models, such as those that came along: a model is named by its file there, or by a path.</summary>
/// <remarks>Safe to use from several threads.</remarks>
/// <param name="folder">Null for <see cref="DefaultFolder"/>.</param>
public sealed class ModelCatalog(string? folder = null)
{
    /// <summary>How a model's file is named.</summary>
    public const string Extension = ".safetensors";

    /// <summary>The folder models, beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Where names are looked up.</summary>
    public string Folder { get; } = folder ?? DefaultFolder;

    /// <summary>Paths of the models in the folder, in the order of their names.</summary>
    public IReadOnlyList<string> Files =>
        Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, $"*{Extension}").Order(StringComparer.Ordinal)] : [];

    /// <summary>What people type for a model.</summary>
    public static string Name(string path) => Path.GetFileNameWithoutExtension(path);

    /// <summary>Whether the folder holds a model of this name.</summary>
    public bool Contains(string name) => Files.Select(Name).Contains(name);

    /// <summary>The path of a model.</summary>
    /// <exception cref="InputException">There is neither such a file nor such a name.</exception>
    public string Find(string nameOrPath)
    {
        if (File.Exists(nameOrPath))
        {
            return nameOrPath;
        }

        IReadOnlyList<string> files = Files;
        return files.FirstOrDefault(path => Name(path).Equals(nameOrPath, StringComparison.Ordinal))
            ?? throw new InputException(
                files.Count > 0
                    ? $"Unknown model '{nameOrPath}'. Choose {string.Join(", ", files.Select(Name))}, or give the path of a {Extension} file."
                    : $"Unknown model '{nameOrPath}': no models came with this program (looked in {Folder}). Give the path of a {Extension} file.",
                nameOrPath
            );
    }

    /// <summary>Reads a model and compares it with the checksum that its folder states.</summary>
    /// <exception cref="InputException">There is neither such a file nor such a name.</exception>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public Checkpoint Load(string nameOrPath)
    {
        string path = Find(nameOrPath);
        return CheckpointFile.Load(path, ExpectedChecksum(path));
    }

    /// <summary>Reads a model that must be of one kind.</summary>
    /// <exception cref="InputException">It is of another kind.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public Checkpoint Load(string nameOrPath, ModelKind kind)
    {
        Checkpoint model = Load(nameOrPath);
        if (model.Provenance.Kind == kind)
        {
            return model;
        }

        model.Dispose();
        throw new InputException(
            $"Model {model.Provenance.Name} is a {Word(model.Provenance.Kind)}; expected a {Word(kind)}. See `kagome models list`.",
            nameOrPath
        );
    }

    /// <summary>Checks all models of the folder, including those that its SHA256SUMS lists but that are absent.</summary>
    public IEnumerable<ModelVerification> Verify()
    {
        IEnumerable<string> listed = ModelChecksums
            .Of(Folder)
            .FileNames.Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => Path.Combine(Folder, name));
        return Files.Union(listed).Order(StringComparer.Ordinal).Select(ModelVerification.Of);
    }

    /// <summary>What the SHA256SUMS in the model's folder says about it; null where it is not listed.</summary>
    /// <exception cref="InputException">The list is damaged.</exception>
    public static string? ExpectedChecksum(string path) =>
        ModelChecksums.Of(Path.GetDirectoryName(Path.GetFullPath(path))!).Find(Path.GetFileName(path));

    private static string Word(ModelKind kind) =>
        $"{kind}".ToLowerInvariant() + (kind == ModelKind.Property ? " model" : "");
}

/// <summary>Whether a model file is the one that it should be.</summary>
/// <param name="Name">What people type for it.</param>
/// <param name="IsListed">Whether the folder's SHA256SUMS states a checksum; else only the file's own seal was checked.</param>
/// <param name="Problem">What is wrong with it; null where it is intact.</param>
public sealed record ModelVerification(string Name, bool IsListed, string? Problem)
{
    /// <summary>Whether nothing is wrong with it.</summary>
    public bool IsIntact => Problem is null;

    /// <summary>Reads the file and compares its checksum.</summary>
    public static ModelVerification Of(string path)
    {
        string? expected = ModelCatalog.ExpectedChecksum(path);
        try
        {
            CheckpointFile.Verify(path, expected);
            return new ModelVerification(ModelCatalog.Name(path), expected is not null, Problem: null);
        }
        catch (Exception exception)
            when (exception is CheckpointException or IOException or UnauthorizedAccessException)
        {
            return new ModelVerification(ModelCatalog.Name(path), expected is not null, exception.Message);
        }
    }
}

/// <summary>The checksums that a folder of models says its files have, in a file as <c>sha256sum</c> writes it.</summary>
public sealed class ModelChecksums
{
    /// <summary>The name of the list in a folder of models.</summary>
    public const string FileName = "SHA256SUMS";

    private const int DigitCount = 64;
    private const int NameStart = DigitCount + 2; // after a space and a second one, or a * for binary
    private const long LargestFile = 1024 * 1024;

    private readonly IReadOnlyDictionary<string, string> byName;

    private ModelChecksums(IReadOnlyDictionary<string, string> byName) => this.byName = byName;

    /// <summary>The files that the list has a checksum of, in the order of their names; they need not be there.</summary>
    public IEnumerable<string> FileNames => byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads a folder's list; it is empty where there is none.</summary>
    /// <exception cref="InputException">A line is no checksum and name, or a name is listed twice.</exception>
    public static ModelChecksums Of(string folder)
    {
        FileInfo file = new(Path.Combine(folder, FileName));
        if (!file.Exists)
        {
            return new ModelChecksums(new Dictionary<string, string>());
        }

        if (file.Length > LargestFile)
        {
            throw new InputException($"{file} has {file.Length} bytes; expected a checksum and a name a line.");
        }

        Dictionary<string, string> checksums = new(StringComparer.Ordinal);
        foreach ((int index, string line) in File.ReadLines(file.FullName).Index())
        {
            if (line.Length > 0 && !(Parse(line) is var (name, checksum) && checksums.TryAdd(name, checksum)))
            {
                throw new InputException(
                    $"{file}:{index + 1}: '{line}' is no new checksum and name, as sha256sum writes them; get the file again."
                );
            }
        }

        return new ModelChecksums(checksums);
    }

    /// <summary>Lower-case hexadecimal; null where the file is not listed.</summary>
    public string? Find(string fileName) => byName.GetValueOrDefault(fileName);

    private static (string Name, string Checksum)? Parse(string line) =>
        line.Length > NameStart
        && line[DigitCount] == ' '
        && line[DigitCount + 1] is ' ' or '*'
        && line.AsSpan(0, DigitCount).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0
            ? (line[NameStart..], line[..DigitCount].ToLowerInvariant())
            : null;
}
