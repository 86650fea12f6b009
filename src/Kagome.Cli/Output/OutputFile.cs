namespace Kagome.Cli.Output;

/// <summary>Guards files that exist, and writes files that are whole or not there.</summary>
internal static class OutputFile
{
    /// <summary>Writes a text under a temporary name, and renames it.</summary>
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes under a temporary name, and renames it.</summary>
    public static void Write(string path, byte[] bytes)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <exception cref="BadInputException">Something of that name exists and may not be replaced.</exception>
    public static void RefuseReplacing(string path, bool isForced)
    {
        if (Directory.Exists(path))
        {
            throw new BadInputException($"{path} is a folder; expected the name of a file.");
        }

        if (File.Exists(path) && !isForced)
        {
            throw new BadInputException($"{path} exists; choose another name, or replace it with --force.");
        }
    }
}
