using Kagome.Evaluation.Scoring;

namespace Kagome.Evaluation;

/// <summary>How many crystals are matched, and how closely.</summary>
/// <param name="Matched">Crystals with a match.</param>
/// <param name="Rate">Their share among all.</param>
/// <param name="Rmse">Mean of the smallest RMS over the matched crystals; null where there is none.</param>
/// <param name="CorrectedRmse">Mean over all crystals, with stol for those without a match.</param>
public sealed record MatchMetrics(int Matched, Estimate Rate, Estimate? Rmse, Estimate CorrectedRmse)
{
    /// <summary>Works the figures out.</summary>
    /// <param name="smallestRms">For each crystal; null where it is not matched.</param>
    /// <param name="stol">The matcher's, which bounds any RMS.</param>
    /// <param name="seed">The seed of the intervals.</param>
    public static MatchMetrics Of(IReadOnlyList<double?> smallestRms, double stol, long seed) =>
        new(
            smallestRms.Count(rms => rms is not null),
            Bootstrap.Mean([.. smallestRms.Select(rms => (double?)(rms is null ? 0 : 1))], seed)!,
            Bootstrap.Mean(smallestRms, seed),
            Bootstrap.Mean([.. smallestRms.Select(rms => rms ?? stol)], seed)!
        );
}

/// <summary>The figures of a set of crystals.</summary>
/// <remarks>
/// Plain: a pair counts when it matches. Filtered: only where both structures are valid too, among all crystals as before; this is
/// the number of DiffCSP's and DAO's code. At K: the best of all samples.
/// </remarks>
public sealed record EvaluationMetrics
{
    /// <summary>As many candidates as people look at.</summary>
    private const int Few = 5;

    /// <summary>How many there are.</summary>
    public required int Crystals { get; init; }

    /// <summary>Of the first sample of each.</summary>
    public required MatchMetrics AtOne { get; init; }

    /// <summary>The same, where both structures are valid too.</summary>
    public required MatchMetrics AtOneFiltered { get; init; }

    /// <summary>Of the first five samples; null where there are no more.</summary>
    public MatchMetrics? AtFive { get; init; }

    /// <summary>Of the best of all samples.</summary>
    public required MatchMetrics AtK { get; init; }

    /// <summary>The same, where both structures are valid too.</summary>
    public required MatchMetrics AtKFiltered { get; init; }

    /// <summary>METRe and cRMSE: any prediction of a composition may match any reference of it.</summary>
    public required MatchMetrics Everyone { get; init; }

    /// <summary>Share of predictions whose structure is valid, averaged over crystals.</summary>
    public required Estimate StructureValidity { get; init; }

    /// <summary>Share of predictions whose composition is valid, averaged over crystals.</summary>
    public required Estimate CompositionValidity { get; init; }

    /// <summary>Share of predictions that are valid in both ways, averaged over crystals.</summary>
    public required Estimate Validity { get; init; }

    /// <summary>Share of crystals whose first prediction has their space group; null where space groups are not known.</summary>
    public Estimate? SpaceGroupAtOne { get; init; }

    /// <summary>Share of crystals of which any prediction has their space group.</summary>
    public Estimate? SpaceGroupAtK { get; init; }

    /// <summary>Works the figures out.</summary>
    /// <param name="crystals">At least one.</param>
    /// <param name="stol">The matcher's.</param>
    /// <param name="seed">The seed of the intervals.</param>
    public static EvaluationMetrics Of(IReadOnlyList<CrystalResult> crystals, double stol, long seed)
    {
        MatchMetrics Match(Func<CrystalResult, double?> rms) => MatchMetrics.Of([.. crystals.Select(rms)], stol, seed);
        Estimate? Share(Func<CrystalResult, double?> share) => Bootstrap.Mean([.. crystals.Select(share)], seed);

        return new EvaluationMetrics
        {
            Crystals = crystals.Count,
            AtOne = Match(crystal => crystal.SmallestRms(1)),
            AtOneFiltered = Match(crystal => crystal.SmallestRms(1, isFiltered: true)),
            AtFive = crystals.Any(crystal => crystal.Samples.Count > Few)
                ? Match(crystal => crystal.SmallestRms(Few))
                : null,
            AtK = Match(crystal => crystal.SmallestRms(int.MaxValue)),
            AtKFiltered = Match(crystal => crystal.SmallestRms(int.MaxValue, isFiltered: true)),
            Everyone = Match(crystal => crystal.EveryoneRms),
            StructureValidity = Share(crystal => ShareOf(crystal, sample => sample.IsStructureValid))!,
            CompositionValidity = Share(crystal => ShareOf(crystal, sample => sample.IsCompositionValid))!,
            Validity = Share(crystal =>
                ShareOf(crystal, sample => sample.IsStructureValid && sample.IsCompositionValid)
            )!,
            SpaceGroupAtOne = Share(crystal => HasSpaceGroup(crystal, 1)),
            SpaceGroupAtK = Share(crystal => HasSpaceGroup(crystal, int.MaxValue)),
        };
    }

    private static double ShareOf(CrystalResult crystal, Func<SampleScore, bool> isTrue) =>
        (double)crystal.Samples.Count(isTrue) / crystal.Samples.Count;

    /// <summary>1 or 0; null where the reference's space group is not known.</summary>
    private static double? HasSpaceGroup(CrystalResult crystal, int count)
    {
        bool IsRight(SampleScore sample) => sample.Sample <= count && sample.SpaceGroup == sample.ReferenceSpaceGroup;
        return crystal.Samples[0].ReferenceSpaceGroup is null ? null
            : crystal.Samples.Any(IsRight) ? 1
            : 0;
    }
}
