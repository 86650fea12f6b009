namespace Kagome.Cli.Views;

/// <summary>Guards files that exist.</summary>
internal static class OutputFile
{
    /// <exception cref="InputException">Something of that name exists and may not be replaced.</exception>
    public static void RefuseReplacing(string path, bool isForced)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a folder; expected the name of a file.");
        }

        if (File.Exists(path) && !isForced)
        {
            throw new InputException($"{path} exists; choose another name, or replace it with --force.");
        }
    }
}
