using Kagome.Crystals.Matching;
using Kagome.Evaluation;
using Kagome.Evaluation.Scoring;

namespace Kagome.Reports.Tests;

/// <summary>An evaluation made up by arithmetic.</summary>
internal static class TestEvaluation
{
    public const double Stol = 0.5;

    private const int Seed = 1;

    /// <summary>Crystals of 4 to 9 atoms; two of three match, the more closely the later.</summary>
    public static IReadOnlyList<CrystalResult> Crystals(int count, int samples = 1) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(at =>
                {
                    SampleScore[] scores = [.. Enumerable.Range(1, samples).Select(sample => Score(at, sample))];
                    return new CrystalResult(scores, scores.Min(score => score.Rms));
                }),
        ];

    public static EvaluationSummary Summary(
        IReadOnlyList<CrystalResult> crystals,
        string? benchmark = "perov-5",
        int samples = 1,
        int? steps = 50
    ) =>
        new()
        {
            Origin = new EvaluationOrigin
            {
                Program = "kagome 0.0.0",
                Model = "kagome-t",
                ModelSha256 = "abc",
                Data = "perov5.jsonl.gz",
                Split = "test",
                Limit = crystals.Count,
                DataFingerprint = "f00",
                Samples = samples,
                Seed = Seed,
                Steps = steps,
                Sampler = new Dictionary<string, string> { ["steps"] = $"{steps}" },
            },
            Benchmark = benchmark,
            CrystalsInSplit = 3785,
            UnreadableEntries = 0,
            WithoutStructure = 0,
            OfOtherComposition = 0,
            OutOfTime = 0,
            Overall = EvaluationMetrics.Of(crystals, Stol, Seed),
            ByAtomCount = Breakdown.ByAtomCount(crystals, Stol, Seed),
            ByElementCount = Breakdown.ByElementCount(crystals, Stol, Seed),
            SecondsSampling = 100,
            SecondsScoring = 1,
        };

    private static SampleScore Score(int at, int sample)
    {
        bool isMatch = (at + sample) % 3 != 0;
        return new SampleScore
        {
            Id = $"{at}",
            Sample = sample,
            Formula = "SrTiO3",
            Atoms = 4 + (at % 6),
            Elements = 2 + (at % 3),
            Verdict = isMatch ? MatchVerdict.Match : MatchVerdict.NoSiteMapping,
            Rms = isMatch ? 0.4 / (1 + at) : null,
            IsStructureValid = true,
            IsCompositionValid = at % 2 == 0,
            IsReferenceValid = true,
            VolumePerAtom = 10 + (at % 11),
            ReferenceVolumePerAtom = 11 + (at % 10),
            Density = 5,
            ReferenceDensity = 5.1,
        };
    }
}
