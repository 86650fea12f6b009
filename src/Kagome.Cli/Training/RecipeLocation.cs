namespace Kagome.Cli.Training;

/// <summary>Where recipes are: a path, or a name among those that came with the program.</summary>
internal static class RecipeLocation
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "recipes");

    /// <exception cref="BadInputException">There is neither such a file nor such a name.</exception>
    public static string Find(string nameOrPath)
    {
        if (File.Exists(nameOrPath))
        {
            return nameOrPath;
        }

        string shipped = Path.Combine(Shipped, $"{nameOrPath}.toml");
        if (File.Exists(shipped))
        {
            return shipped;
        }

        string names = string.Join(
            ", ",
            Directory.GetFiles(Shipped, "*.toml").Select(Path.GetFileNameWithoutExtension).Order()
        );
        throw new BadInputException(
            $"Unknown recipe '{nameOrPath}'. Choose {names}, or give the path of a .toml file."
        );
    }
}
