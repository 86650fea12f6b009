using Kagome.Evaluation.Matching;

namespace Kagome.Cli.Matching;

/// <summary>Counts the verdicts on a file of pairs.</summary>
internal sealed class PairSummary
{
    private const int MostNamedLines = 10;

    private readonly Dictionary<string, int> matches = MatchSettings.ToleranceNames.ToDictionary(name => name, _ => 0);
    private readonly List<string> differences = [];
    private int exceeded;

    public int Pairs { get; private set; }

    /// <summary>Lines that could not be read.</summary>
    public int Errors { get; private set; }

    public void Add(PairVerdict verdict)
    {
        Pairs++;
        if (verdict.Verdict is not { } verdicts)
        {
            Errors++;
            return;
        }

        foreach ((string name, MatchVerdict one) in verdicts)
        {
            matches[name] += one == MatchVerdict.Match ? 1 : 0;
        }

        exceeded += verdicts.Values.Contains(MatchVerdict.LimitExceeded) ? 1 : 0;
        differences.AddRange(verdict.Differences.Select(name => $"{verdict.Line} ({name})"));
    }

    public void Write(TextWriter error, TimeSpan elapsed)
    {
        string found = string.Join(", ", matches.Select(pair => $"{pair.Value} match ({pair.Key})"));
        error.WriteLine($"{Pairs} pairs in {elapsed.TotalSeconds:F1} s: {found}");
        WriteCount(error, Errors, "lines hold no pair of crystals");
        WriteCount(error, exceeded, "pairs exceeded the time limit");
        WriteCount(error, differences.Count, "results differ from those in the file");
        if (differences.Count > 0)
        {
            string more = differences.Count > MostNamedLines ? ", …" : "";
            error.WriteLine($"  lines {string.Join(", ", differences.Take(MostNamedLines))}{more}");
        }
    }

    private static void WriteCount(TextWriter error, int count, string what)
    {
        if (count > 0)
        {
            error.WriteLine($"{count} {what}");
        }
    }
}
