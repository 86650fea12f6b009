using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Training;

/// <summary>A data set cut into files of so many crystals, none of which needs more memory than its own.</summary>
internal static class CrystalShards
{
    private const string Extension = ".jsonl.gz";

    public static string Name(int number) =>
        $"crystals-{number.ToString("D5", CultureInfo.InvariantCulture)}{Extension}";

    /// <summary>The shards of a folder in their order.</summary>
    public static string[] Of(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, $"*{Extension}")
                .Where(path => !Path.GetFileName(path).StartsWith('.'))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The shards of a folder with their checksums.</summary>
    public static SortedDictionary<string, string> Sums(string folder) =>
        new(ContentHash.OfEach(Of(folder)).ToDictionary(), StringComparer.Ordinal);

    public static CrystalRecord[] Read(string path) => [.. new CrystalReader(path) { IsStrict = true }.Read()];
}

/// <summary>Tells contents apart: which changed is what matters, not who changed it.</summary>
internal static class ContentHash
{
    /// <summary>The hash of a file, or of the names and contents of a folder's files.</summary>
    /// <exception cref="InputException">There is no such file or folder.</exception>
    public static string Of(string path)
    {
        if (File.Exists(path))
        {
            return OfFile(path);
        }

        if (!Directory.Exists(path))
        {
            throw new InputException(
                $"There is no file or folder {path}; check the name, in the recipe or in {nameof(PretrainingOptions.DataPaths)}.",
                path,
                nameof(PretrainingOptions.DataPaths)
            );
        }

        return Of(
            Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetRelativePath(path, file), OfFile)
        );
    }

    /// <summary>The hash of files whose hashes are known.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> files) =>
        Convert.ToHexStringLower(
            XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join('\n', files.Select(file => $"{file.Key} {file.Value}"))))
        );

    /// <summary>The names and hashes of files or folders, in their order.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfEach(IEnumerable<string> paths) =>
        paths.Select(path => KeyValuePair.Create(Path.GetFileName(path), Of(path)));

    private static string OfFile(string path)
    {
        XxHash128 hash = new();
        using FileStream file = File.OpenRead(path);
        hash.Append(file);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
