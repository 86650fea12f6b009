namespace Kagome.Evaluation;

/// <summary>The data sets that papers report match rates on.</summary>
public static class Benchmark
{
    /// <summary>As they are written in papers, in lower case.</summary>
    public static IReadOnlyList<string> Names { get; } = ["perov-5", "carbon-24", "mp-20", "mpts-52"];

    /// <summary>The benchmark that the name of a file or folder tells, such as perov5.jsonl.gz; null where it tells none.</summary>
    public static string? OfFile(string path)
    {
        string letters = Letters(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
        return Names.FirstOrDefault(name => letters.Contains(Letters(name), StringComparison.Ordinal));
    }

    private static string Letters(string name) =>
        string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}
