using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Kagome.Crystals.Matching;
using Kagome.Formats.JsonLines;

namespace Kagome.DataSets;

/// <summary>Compares pairs of crystals by several sets of tolerances, on all cores.</summary>
/// <remarks>
/// Verdicts come in the order of the pairs, and streams of any length take little memory. Immutable, and safe to use from several threads.
/// </remarks>
public sealed class PairMatcher
{
    /// <summary>Pairs that are held at once.</summary>
    private const int ChunkSize = 1024;

    private readonly ImmutableArray<string> names;
    private readonly StructureMatcher[] matchers;

    /// <param name="tolerances">At least one set, by a name such as csp.</param>
    /// <exception cref="OptionException">A tolerance is not a number above 0.</exception>
    public PairMatcher(IReadOnlyDictionary<string, MatcherOptions> tolerances)
    {
        names = [.. tolerances.Keys.Order(StringComparer.Ordinal)];
        matchers = [.. names.Select(name => new StructureMatcher(tolerances[name]))];
    }

    /// <summary>The verdicts on pairs, numbered from 1.</summary>
    /// <exception cref="OperationCanceledException">While enumerating: the work was cancelled.</exception>
    public IEnumerable<PairVerdict> Compare(
        IEnumerable<StructurePair> pairs,
        CancellationToken cancellation = default
    ) => OnAllCores(pairs.Index(), pair => Compare(pair.Index + 1, pair.Item, cancellation), cancellation);

    /// <summary>The verdicts on the lines of a file of pairs; a line that holds none gets an error in place of a verdict.</summary>
    /// <param name="path">A file as <see cref="StructurePair.Parse"/> reads its lines; .gz is decompressed.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="StructureFormatException">While enumerating: the file cannot be opened, or not read to its end.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: the work was cancelled.</exception>
    public IEnumerable<PairVerdict> Compare(string path, CancellationToken cancellation = default) =>
        OnAllCores(
            StructurePair.ReadLines(path),
            line =>
            {
                try
                {
                    return Compare(line.Number, StructurePair.Parse(line.Text), cancellation);
                }
                catch (FormatException exception)
                {
                    return new PairVerdict(
                        line.Number,
                        names.ToDictionary(name => name, _ => (double[]?)null),
                        Verdict: null,
                        Seconds: null,
                        exception.Message
                    );
                }
            },
            cancellation
        );

    private static IEnumerable<PairVerdict> OnAllCores<T>(
        IEnumerable<T> pairs,
        Func<T, PairVerdict> compare,
        CancellationToken cancellation
    ) =>
        pairs
            .Chunk(ChunkSize)
            .SelectMany(chunk => chunk.AsParallel().AsOrdered().WithCancellation(cancellation).Select(compare));

    private PairVerdict Compare(int number, StructurePair pair, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        (string Name, MatchResult Result)[] results =
        [
            .. names.Zip(StructureMatcher.Compare(pair.First, pair.Second, matchers, cancellation)),
        ];
        return new PairVerdict(
            number,
            results.ToDictionary(
                named => named.Name,
                named => named.Result.Match is { } match ? new[] { match.Rms, match.LargestDistance } : null
            ),
            results.ToDictionary(named => named.Name, named => named.Result.Verdict),
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            Error: null
        )
        {
            Differences =
            [
                .. results.Where(named => named.Result.Differs(pair, named.Name)).Select(named => named.Name),
            ],
        };
    }
}

/// <summary>What came of comparing a pair of crystals.</summary>
/// <param name="Line">The pair's number, or that of its line in a file; from 1.</param>
/// <param name="Rms">By the name of the tolerances: normalised RMS and largest distance, null where there is no match, as in the file of pairs.</param>
/// <param name="Verdict">By the name of the tolerances: a match, or why not.</param>
/// <param name="Seconds">The time that all comparisons of the pair took together.</param>
/// <param name="Error">What is wrong with the line; null where it could be read.</param>
public sealed record PairVerdict(
    int Line,
    IReadOnlyDictionary<string, double[]?> Rms,
    IReadOnlyDictionary<string, MatchVerdict>? Verdict,
    double? Seconds,
    string? Error
)
{
    /// <summary>Names of tolerances by which this is not what the file states; empty where it states nothing.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>Compares a result with what another program said.</summary>
internal static class StatedResults
{
    private const double RmsTolerance = 1e-4;

    public static bool Differs(this MatchResult result, StructurePair pair, string tolerances) =>
        pair.StatedRms.TryGetValue(tolerances, out double? stated)
        && (
            stated is null
                ? result.IsMatch
                : !result.IsMatch || !(Math.Abs(stated.Value - result.Match!.Rms) < RmsTolerance)
        );
}
