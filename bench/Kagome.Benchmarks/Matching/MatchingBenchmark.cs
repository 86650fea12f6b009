using Kagome.Benchmarks.Measuring;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

namespace Kagome.Benchmarks.Matching;

/// <summary>The matcher with each crystal reduced once against the matcher that reduces both crystals of every pair.</summary>
internal sealed class MatchingBenchmark(
    MatchingSettings settings,
    MeasurementClock clock,
    Action<string> tell,
    CancellationToken cancellation
)
{
    private readonly StructureMatcher matcher = new(MatcherOptions.Csp);

    public MatchingReport Run()
    {
        Structure[] crystals = CreateCrystals();
        (int First, int Second)[] pairs = [.. Pairs(crystals)];
        bool[] verdicts = new bool[pairs.Length];
        bool[] twinVerdicts = new bool[pairs.Length];
        PairedMeasurement paired = new(clock, settings.Repetitions, settings.WarmUp);
        tell($"matching: {pairs.Length} pairs of {crystals.Length} crystals");
        PairedTimes times = paired.Measure(
            () => ComparePrepared(crystals, pairs, verdicts, workers: 1),
            () => CompareEach(crystals, pairs, twinVerdicts),
            cancellation
        );
        if (!verdicts.SequenceEqual(twinVerdicts))
        {
            throw new InvalidOperationException("The matcher and its twin disagree on a pair.");
        }

        tell("matching: all cores");
        double allCores = PairedTimes.Median(
            Enumerable
                .Range(0, settings.Repetitions)
                .Select(_ =>
                    clock.Time(() => ComparePrepared(crystals, pairs, verdicts, settings.Workers)).SecondsPerUnit
                )
        );
        return new MatchingReport(
            pairs.Length,
            verdicts.Count(isMatch => isMatch),
            times.Ratio,
            1 / times.ProductSeconds,
            1 / allCores,
            1 / times.TwinSeconds,
            times
        );
    }

    /// <summary>For each size, two crystals of the same atoms and shaken copies of either: pairs that match and pairs that do not.</summary>
    private Structure[] CreateCrystals()
    {
        Random random = new(unchecked((int)settings.Seed));
        return [.. settings.AtomCounts.SelectMany(OfSize)];

        IEnumerable<Structure> OfSize(int atoms)
        {
            Structure first = RandomCrystals.Create(1, atoms, random)[0];
            Structure other = RandomCrystals.Create(1, atoms, random)[0];
            Structure second = new(
                other.Lattice,
                other.Sites.Select((site, at) => site with { Element = first.Sites[at].Element })
            );
            return Enumerable
                .Range(0, settings.CrystalsOfSize)
                .Select(at => RandomCrystals.Shaken(at % 2 == 0 ? first : second, random));
        }
    }

    private static IEnumerable<(int First, int Second)> Pairs(Structure[] crystals) =>
        from first in Enumerable.Range(0, crystals.Length)
        from second in Enumerable.Range(first + 1, crystals.Length - first - 1)
        where crystals[first].AtomCount == crystals[second].AtomCount
        select (first, second);

    private double ComparePrepared(Structure[] crystals, (int First, int Second)[] pairs, bool[] verdicts, int workers)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        PreparedStructure[] prepared = new PreparedStructure[crystals.Length];
        Parallel.For(
            0,
            crystals.Length,
            options,
            at => prepared[at] = PreparedStructure.Of(crystals[at], cancellation)
        );
        Parallel.For(
            0,
            pairs.Length,
            options,
            at =>
                verdicts[at] = matcher
                    .Compare(prepared[pairs[at].First], prepared[pairs[at].Second], cancellation)
                    .IsMatch
        );
        return pairs.Length;
    }

    private double CompareEach(Structure[] crystals, (int First, int Second)[] pairs, bool[] verdicts)
    {
        for (int at = 0; at < pairs.Length; at++)
        {
            verdicts[at] = matcher.Compare(crystals[pairs[at].First], crystals[pairs[at].Second], cancellation).IsMatch;
        }

        return pairs.Length;
    }
}
