using System.IO.Hashing;
using System.Text;

namespace Kagome.Cli.Pretraining;

/// <summary>Tells contents apart: which changed is what matters, not who changed it.</summary>
internal static class ContentHash
{
    /// <summary>Of a file, or of the names and contents of a folder's files.</summary>
    /// <exception cref="BadInputException">There is no such file or folder.</exception>
    public static string Of(string path)
    {
        if (File.Exists(path))
        {
            return OfFile(path);
        }

        if (!Directory.Exists(path))
        {
            throw new BadInputException(
                $"There is no file or folder {path}; check the name, in the recipe or after --data."
            );
        }

        return Of(
            Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetRelativePath(path, file), OfFile)
        );
    }

    /// <summary>Of files whose hashes are known.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> files) =>
        Convert.ToHexStringLower(
            XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join('\n', files.Select(file => $"{file.Key} {file.Value}"))))
        );

    private static string OfFile(string path)
    {
        XxHash128 hash = new();
        using FileStream file = File.OpenRead(path);
        hash.Append(file);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
