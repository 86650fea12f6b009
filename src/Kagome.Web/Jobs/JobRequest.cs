using System.Text.Json.Serialization;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

namespace Kagome.Web.Jobs;

/// <summary>What to predict, as a client posts it; what is absent has the default of <see cref="PredictionOptions"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record JobRequest
{
    /// <summary>Such as NaCl or Ca3(PO4)2; one that is not reduced, such as Na4Cl4, is taken as the whole cell.</summary>
    public required string Formula { get; init; }

    /// <summary>Where candidates come from.</summary>
    public CandidateSources Candidates { get; init; } = CandidateSources.Both;

    /// <summary>Structures to generate; null for as many as known structure types leave to do.</summary>
    public int? Samples { get; init; }

    /// <summary>What the variance of the sampler's noise is multiplied by; null for what suits the generator.</summary>
    public double? Temperature { get; init; }

    /// <summary>The sampler's moves from noise to structure; null for what suits the generator.</summary>
    public int? Steps { get; init; }

    /// <summary>Seed of all noise; null for 1.</summary>
    public long? Seed { get; init; }

    /// <summary>Formula units of the cells to sample; empty for the plausible ones.</summary>
    public IReadOnlyList<int> FormulaUnits { get; init; } = [];

    /// <summary>Most atoms of a cell; null for 20.</summary>
    public int? MaxAtoms { get; init; }

    /// <summary>Space groups, one of which the crystal has: numbers, Hermann-Mauguin or Hall symbols.</summary>
    public IReadOnlyList<string> SpaceGroups { get; init; } = [];

    /// <summary>Crystal systems, one of which the crystal is of.</summary>
    public IReadOnlyList<CrystalSystem> CrystalSystems { get; init; } = [];

    /// <summary>The primitive or the conventional cell, in Å and degrees; null where it is not known.</summary>
    public LatticeParameters? Cell { get; init; }

    /// <summary>By what share lengths of the cell may differ; null for 0.03.</summary>
    public double? CellTolerance { get; init; }

    /// <summary>Bounds of the volume by atom, in Å³; null for any.</summary>
    public VolumeRange? VolumePerAtom { get; init; }

    /// <summary>Whether the predictor relaxes candidates before they are ranked.</summary>
    public bool Relax { get; init; }

    /// <summary>The same for the library.</summary>
    /// <exception cref="InputException">A word is no space group.</exception>
    public PredictionOptions ToOptions()
    {
        PredictionOptions standard = new();
        return standard with
        {
            Candidates = Candidates,
            AdaptsSamples = Samples is null,
            Samples = Samples ?? standard.Samples,
            Seed = Seed ?? standard.Seed,
            FormulaUnits = FormulaUnits,
            LargestAtomCount = MaxAtoms ?? standard.LargestAtomCount,
            Constraints = Constraints(),
            Sampler = new() { Temperature = Temperature, Steps = Steps },
            Relaxation = Relax ? new RelaxationOptions { KeepsSymmetry = true } : null,
        };
    }

    private CrystalConstraints Constraints()
    {
        CrystalConstraints nothing = new();
        return nothing with
        {
            SpaceGroups = [.. SpaceGroups.Select(Number).Distinct()],
            CrystalSystems = CrystalSystems,
            Cell = Cell,
            CellTolerance = CellTolerance ?? nothing.CellTolerance,
            VolumePerAtom = VolumePerAtom,
        };
    }

    private static int Number(string text) =>
        SpaceGroupSetting.Find(text ?? "") is { Count: > 0 } found
            ? found[0].Number
            : throw new InputException(
                $"{nameof(SpaceGroups)} has '{text}'; expected numbers from 1 to 230, or symbols such as P6/mmm, R -3 m or -P 6 2.",
                text,
                nameof(SpaceGroups)
            );
}
