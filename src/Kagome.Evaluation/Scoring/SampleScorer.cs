using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Validity;

namespace Kagome.Evaluation.Scoring;

/// <summary>The space group number of a structure, 1 to 230; null where none is found. Safe to call from several threads.</summary>
internal delegate int? SpaceGroupFinder(Structure structure);

/// <summary>Compares predicted structures with their references.</summary>
/// <remarks>Safe to use from several threads.</remarks>
/// <param name="matcher">With the tolerances of the benchmarks: <see cref="MatcherOptions.Csp"/>.</param>
/// <param name="spaceGroups">Null where space groups are not to be had; they stay out of the scores then.</param>
internal sealed class SampleScorer(StructureMatcher matcher, SpaceGroupFinder? spaceGroups = null)
{
    /// <summary>The score of a structure.</summary>
    /// <param name="reference">What it should be.</param>
    /// <param name="sample">Which of the reference's predictions it is, from 1.</param>
    /// <param name="predicted">Any structure; one of another composition does not match.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    public SampleScore Score(
        ReferenceCrystal reference,
        int sample,
        Structure predicted,
        CancellationToken cancellation = default
    )
    {
        MatchResult result = Compare(reference, predicted, cancellation);
        string? structureProblem = StructureValidity.QuickProblem(predicted);
        string? compositionProblem = CompositionValidity.Problem(predicted.Composition);
        return Missing(reference, sample, structureProblem ?? compositionProblem) with
        {
            Verdict = result.Verdict,
            Rms = result.Match?.Rms,
            LargestDistance = result.Match?.LargestDistance,
            IsStructureValid = structureProblem is null,
            IsCompositionValid = compositionProblem is null,
            SpaceGroup = structureProblem is null ? spaceGroups?.Invoke(predicted) : null,
            VolumePerAtom = predicted.VolumePerAtom,
            Density = predicted.Density,
        };
    }

    /// <summary>The score where there is no structure: a failure.</summary>
    /// <param name="reference">What should have been predicted.</param>
    /// <param name="sample">From 1.</param>
    /// <param name="problem">Why there is none.</param>
    public SampleScore Missing(ReferenceCrystal reference, int sample, string? problem) =>
        new()
        {
            Id = reference.Id,
            Sample = sample,
            Formula = reference.Structure.Composition.Formula,
            Atoms = reference.Structure.AtomCount,
            Elements = reference.Structure.Composition.Counts.Count,
            IsReferenceValid = reference.IsValid,
            ReferenceSpaceGroup = reference.SpaceGroup,
            ReferenceVolumePerAtom = reference.Structure.VolumePerAtom,
            ReferenceDensity = reference.Structure.Density,
            ReferenceEnergyAboveHull = reference.EnergyAboveHull,
            Problem = problem,
        };

    private MatchResult Compare(ReferenceCrystal reference, Structure predicted, CancellationToken cancellation)
    {
        if (!predicted.Composition.Reduced.Equals(reference.Structure.Composition.Reduced))
        {
            return new MatchResult(MatchVerdict.CompositionDiffers);
        }

        return reference.Prepared is { } expected && matcher.TryPrepare(predicted, cancellation) is { } actual
            ? matcher.Compare(actual, expected, cancellation)
            : new MatchResult(MatchVerdict.CellNotReducible);
    }
}
