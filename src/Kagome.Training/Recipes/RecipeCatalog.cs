namespace Kagome.Training.Recipes;

/// <summary>A folder of recipes, such as those that came along: a recipe is named by its file there, or by a path.</summary>
/// <remarks>Safe to use from several threads.</remarks>
/// <param name="folder">Null for <see cref="DefaultFolder"/>.</param>
public sealed class RecipeCatalog(string? folder = null)
{
    /// <summary>How a recipe's file is named.</summary>
    public const string Extension = ".toml";

    /// <summary>The folder recipes, beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "recipes");

    /// <summary>Where names are looked up.</summary>
    public string Folder { get; } = folder ?? DefaultFolder;

    /// <summary>What the recipes of the folder are called, in order.</summary>
    public IReadOnlyList<string> Names =>
        Directory.Exists(Folder)
            ?
            [
                .. Directory
                    .GetFiles(Folder, $"*{Extension}")
                    .Select(Path.GetFileNameWithoutExtension)
                    .OfType<string>()
                    .Order(),
            ]
            : [];

    /// <summary>The path of a recipe.</summary>
    /// <exception cref="InputException">There is neither such a file nor such a name.</exception>
    public string Find(string nameOrPath)
    {
        string named = Path.Combine(Folder, $"{nameOrPath}{Extension}");
        return File.Exists(nameOrPath) ? nameOrPath
            : File.Exists(named) ? named
            : throw new InputException(
                Names is { Count: > 0 } names
                    ? $"Unknown recipe '{nameOrPath}'. Choose {string.Join(", ", names)}, or give the path of a {Extension} file."
                    : $"Unknown recipe '{nameOrPath}': no recipes came with this program (looked in {Folder}). Give the path of a {Extension} file.",
                nameOrPath
            );
    }
}
