using System.Globalization;
using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Pretraining;

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
        new(Of(folder).ToDictionary(path => Path.GetFileName(path), ContentHash.Of), StringComparer.Ordinal);

    public static CrystalRecord[] Read(string path) => [.. DataSet.Read(path).RecordsOrThrow()];
}
