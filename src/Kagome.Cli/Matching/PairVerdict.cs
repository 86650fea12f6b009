using System.Diagnostics;
using System.Text.Json.Serialization;
using Kagome.Evaluation.Matching;
using Kagome.Formats.JsonLines;

namespace Kagome.Cli.Matching;

/// <summary>What came of a line of a file of pairs.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Rms">By tolerances: normalised RMS and largest distance, null where there is no match, as in the file of pairs.</param>
/// <param name="Verdict">By tolerances: match, or why not.</param>
/// <param name="Seconds">Time that both comparisons took together.</param>
/// <param name="Error">What is wrong with the line; null where it could be read.</param>
internal sealed record PairVerdict(
    int Line,
    IReadOnlyDictionary<string, double[]?> Rms,
    IReadOnlyDictionary<string, MatchVerdict>? Verdict,
    double? Seconds,
    string? Error
)
{
    private const double RmsTolerance = 1e-4;

    /// <summary>Tolerances under which this is not what the file states; none where it states nothing.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Differences { get; private init; } = [];

    /// <param name="number">Of the line, from 1.</param>
    /// <param name="text">The line.</param>
    /// <param name="matchers">One for each of <see cref="MatchSettings.ToleranceNames"/>.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    public static PairVerdict Of(
        int number,
        string text,
        IReadOnlyList<StructureMatcher> matchers,
        CancellationToken cancellation
    )
    {
        string[] names = MatchSettings.ToleranceNames;
        try
        {
            StructurePair pair = StructurePair.Parse(text);
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<MatchResult> results = StructureMatcher.Compare(
                pair.First,
                pair.Second,
                matchers,
                cancellation
            );
            return new PairVerdict(
                number,
                names.Zip(results).ToDictionary(named => named.First, named => Numbers(named.Second)),
                names.Zip(results).ToDictionary(named => named.First, named => named.Second.Verdict),
                Stopwatch.GetElapsedTime(start).TotalSeconds,
                Error: null
            )
            {
                Differences =
                [
                    .. names.Zip(results).Where(named => Differs(pair, named.First, named.Second)).Select(n => n.First),
                ],
            };
        }
        catch (FormatException exception)
        {
            return new PairVerdict(
                number,
                names.ToDictionary(name => name, _ => (double[]?)null),
                Verdict: null,
                Seconds: null,
                exception.Message
            );
        }
    }

    private static double[]? Numbers(MatchResult result) =>
        result.Match is { } match ? [match.Rms, match.LargestDistance] : null;

    private static bool Differs(StructurePair pair, string tolerances, MatchResult result) =>
        pair.StatedRms.TryGetValue(tolerances, out double? stated)
        && (
            stated is null
                ? result.IsMatch
                : !result.IsMatch || !(Math.Abs(stated.Value - result.Match!.Rms) < RmsTolerance)
        );
}
