using Kagome.Crystals.Matching;
using Kagome.Evaluation.Scoring;

namespace Kagome.Evaluation.Tests.Metrics;

/// <summary>Scores made by hand.</summary>
internal static class TestScores
{
    public static SampleScore Score(
        string id,
        double? rms,
        int sample = 1,
        bool isStructureValid = true,
        bool isCompositionValid = true,
        bool isReferenceValid = true,
        int atoms = 5,
        int elements = 3,
        int? group = null,
        int? referenceGroup = null
    ) =>
        new()
        {
            Id = id,
            Sample = sample,
            Formula = "SrTiO3",
            Atoms = atoms,
            Elements = elements,
            Verdict = rms is null ? MatchVerdict.NoSiteMapping : MatchVerdict.Match,
            Rms = rms,
            IsStructureValid = isStructureValid,
            IsCompositionValid = isCompositionValid,
            IsReferenceValid = isReferenceValid,
            SpaceGroup = group,
            ReferenceSpaceGroup = referenceGroup,
            VolumePerAtom = 12,
            ReferenceVolumePerAtom = 11,
            Density = 5,
            ReferenceDensity = 5.1,
        };

    /// <summary>A crystal whose predictions match none but their own reference.</summary>
    public static CrystalResult Crystal(params SampleScore[] samples) =>
        new(samples, samples.Min(sample => sample.Rms));
}
