using System.Diagnostics;
using Kagome.Cli.Output;
using Kagome.Evaluation.Matching;
using Kagome.Formats.JsonLines;

namespace Kagome.Cli.Matching;

/// <summary>Compares the pairs of a file on all cores: a line of results for each line, in its order, in bounded memory.</summary>
internal static class MatchPairs
{
    /// <summary>Lines that are held at once.</summary>
    private const int ChunkLines = 1024;

    /// <exception cref="BadInputException">No line holds a pair.</exception>
    public static int Run(string path, MatchSettings settings, CommandStreams streams, CancellationToken cancellation)
    {
        StructureMatcher[] matchers = [.. MatchSettings.ToleranceNames.Select(settings.Matcher)];
        Stopwatch clock = Stopwatch.StartNew();
        PairSummary summary = new();
        using ProgressLine progress = new(streams.Error, TimeSpan.FromSeconds(15));
        foreach ((int Number, string Text)[] lines in StructurePair.ReadLines(path).Chunk(ChunkLines))
        {
            IEnumerable<PairVerdict> verdicts = lines
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellation)
                .Select(line => PairVerdict.Of(line.Number, line.Text, matchers, cancellation));
            foreach (PairVerdict verdict in verdicts)
            {
                streams.Output.WriteLine(settings.PrintsJson ? JsonText.Line(verdict) : Text(verdict));
                summary.Add(verdict);
            }

            progress.Show(() => $"{summary.Pairs} pairs, {summary.Pairs / clock.Elapsed.TotalSeconds:F0} a second");
        }

        streams.Output.Flush();
        summary.Write(streams.Error, clock.Elapsed);
        return summary.Pairs > summary.Errors
            ? ExitCode.Success
            : throw new BadInputException(
                $"{path}: no line holds a pair of crystals; `kagome match --help` shows the form."
            );
    }

    private static string Text(PairVerdict verdict) =>
        verdict.Error is { } error
            ? $"{verdict.Line}\terror: {error}"
            : $"{verdict.Line}\t{string.Join('\t', MatchSettings.ToleranceNames.Select(name => Text(verdict, name)))}";

    private static string Text(PairVerdict verdict, string tolerances) =>
        verdict.Rms[tolerances] is { } numbers
            ? $"{tolerances}: match, RMS {numbers[0]:F4}, largest distance {numbers[1]:F4}"
            : $"{tolerances}: {verdict.Verdict![tolerances]}";
}
