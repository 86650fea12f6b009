using Kagome.Crystals.Matching;
using Kagome.Formats.JsonLines;

namespace Kagome.DataSets.Tests;

public sealed class PairMatcherTests : IDisposable
{
    private const string RockSalt = """{"cell":[3.99,3.99,3.99,60,60,60],"z":[11,17],"frac":[[0,0,0],[0.5,0.5,0.5]]}""";
    private const string CaesiumType = """{"cell":[3.5,3.5,3.5,90,90,90],"z":[11,17],"frac":[[0,0,0],[0.5,0.5,0.5]]}""";

    private readonly TemporaryFolder folder = new();
    private readonly PairMatcher matcher = new(
        new Dictionary<string, MatcherOptions> { ["default"] = MatcherOptions.Default, ["csp"] = MatcherOptions.Csp }
    );

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Compare_file_gives_a_verdict_for_each_line_in_order_and_goes_on_after_bad_ones()
    {
        PairVerdict[] verdicts = Verdicts(
            Pair(RockSalt, RockSalt),
            "{not json",
            Pair(RockSalt, CaesiumType),
            Pair(RockSalt, """{"cell":[3,3,3,90,90,90],"z":[],"frac":[]}"""),
            "[1]",
            Pair(RockSalt, """{"cell":[3,3,3,60,60,120],"z":[11],"frac":[[0,0,0]]}""")
        );
        Assert.Equal(Enumerable.Range(1, 6), verdicts.Select(verdict => verdict.Line));
        Assert.Equal(0, verdicts[0].Rms["csp"]![0], 1e-6);
        Assert.Equal(MatchVerdict.Match, verdicts[0].Verdict!["default"]);
        Assert.Null(verdicts[2].Rms["default"]);
        string?[] problems = [null, "no JSON", null, "0 atoms", "no object 'a'", "enclose no volume"];
        Assert.All(
            problems.Zip(verdicts),
            pair => Assert.Contains(pair.First ?? "", pair.Second.Error ?? "", StringComparison.Ordinal)
        );
        Assert.All(problems.Zip(verdicts), pair => Assert.Equal(pair.First is null, pair.Second.Error is null));
    }

    [Fact]
    public void Compare_file_that_states_another_result_says_by_which_tolerances()
    {
        string stated = Pair(RockSalt, RockSalt)[..^1];
        PairVerdict[] verdicts = Verdicts(
            stated + ",\"rms\":{\"csp\":[0,0],\"default\":[0,0]}}",
            stated + ",\"rms\":{\"csp\":null,\"default\":[0,0]}}",
            stated + ",\"rms\":{\"csp\":[0.1,0.2],\"default\":[0,0]}}"
        );
        Assert.Equal(
            [
                [],
                ["csp"],
                ["csp"],
            ],
            verdicts.Select(verdict => verdict.Differences)
        );
    }

    [Fact]
    public void Compare_stream_of_many_pairs_keeps_their_order()
    {
        StructurePair same = StructurePair.Parse(Pair(RockSalt, RockSalt));
        StructurePair other = StructurePair.Parse(Pair(RockSalt, CaesiumType));
        IEnumerable<StructurePair> pairs = Enumerable.Range(0, 3000).Select(at => at % 3 == 0 ? same : other);
        PairVerdict[] verdicts = [.. matcher.Compare(pairs, Cancellation)];
        Assert.Equal(Enumerable.Range(1, 3000), verdicts.Select(verdict => verdict.Line));
        Assert.All(
            verdicts,
            verdict => Assert.Equal(verdict.Line % 3 == 1, verdict.Verdict!["csp"] == MatchVerdict.Match)
        );
    }

    [Fact]
    public void Compare_stream_reads_no_more_than_it_needs()
    {
        StructurePair pair = StructurePair.Parse(Pair(RockSalt, RockSalt));
        int read = 0;
        IEnumerable<StructurePair> endless = Enumerable
            .Repeat(pair, int.MaxValue)
            .Select(same =>
            {
                read++;
                return same;
            });
        Assert.Equal(5, matcher.Compare(endless, Cancellation).Take(5).Count());
        Assert.InRange(read, 5, 2048);
    }

    [Fact]
    public void Compare_cancelled_stops()
    {
        using CancellationTokenSource cancellation = new();
        StructurePair pair = StructurePair.Parse(Pair(RockSalt, RockSalt));
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (PairVerdict _ in matcher.Compare(Enumerable.Repeat(pair, int.MaxValue), cancellation.Token))
            {
                cancellation.Cancel();
            }
        });
    }

    [Fact]
    public void Tolerance_that_is_not_positive_is_named() =>
        Assert.Equal(
            "Stol",
            Assert
                .Throws<OptionException>(() =>
                    new PairMatcher(new Dictionary<string, MatcherOptions> { ["mine"] = new() { Stol = -1 } })
                )
                .Option
        );

    private static string Pair(string first, string second) => $"{{\"a\":{first},\"b\":{second}}}";

    private PairVerdict[] Verdicts(params string[] lines) =>
        [.. matcher.Compare(folder.WriteText("pairs.jsonl", string.Join('\n', lines)), Cancellation)];
}
