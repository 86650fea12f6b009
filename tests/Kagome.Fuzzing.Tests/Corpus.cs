namespace Kagome.Fuzzing.Tests;

/// <summary>Small whole files that damage starts from.</summary>
internal static class Corpus
{
    /// <summary>Environment variable that names a folder of more files, each for the readers that its ending tells.</summary>
    public const string MoreVariable = "KAGOME_FUZZ_SEEDS";

    private const int LargestSeed = 20_000; // bytes

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Corpus", name);

    public static byte[] File(string name) => System.IO.File.ReadAllBytes(PathOf(name));

    /// <summary>All files of a folder, and of the folder of more those that <paramref name="isMore"/> takes.</summary>
    public static (string Name, byte[] Content)[] Folder(string name, Func<string, bool>? isMore = null) =>
        [
            .. Directory
                .EnumerateFiles(PathOf(name))
                .Concat(More.Where(path => isMore?.Invoke(path) ?? false))
                .Order(StringComparer.Ordinal)
                .Select(path => (Path.GetFileName(path), System.IO.File.ReadAllBytes(path))),
        ];

    private static IEnumerable<string> More =>
        Environment.GetEnvironmentVariable(MoreVariable) is { Length: > 0 } folder
            ? Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => new FileInfo(path).Length is > 0 and < LargestSeed)
            : [];
}
