using System.Collections.Immutable;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Matching;

/// <summary>The outcome of a comparison.</summary>
/// <param name="Verdict">Whether the crystals are the same, and if not, why.</param>
/// <param name="Match">How they lie on each other; null unless the verdict is <see cref="MatchVerdict.Match"/>.</param>
public sealed record MatchResult(MatchVerdict Verdict, StructureMatch? Match = null)
{
    /// <summary>Whether they are the same crystal within the tolerances.</summary>
    public bool IsMatch => Match is not null;

    /// <summary>Root mean square displacement in units of (V/N)^(1/3); null where they are not the same.</summary>
    public double? Rms => Match?.Rms;
}

/// <summary>Whether two crystals are the same, and if not, what the difference is.</summary>
public enum MatchVerdict
{
    /// <summary>They are the same within the tolerances.</summary>
    Match,

    /// <summary>Their reduced formulas differ.</summary>
    CompositionDiffers,

    /// <summary>Their primitive cells hold different numbers of atoms.</summary>
    PrimitiveCellDiffers,

    /// <summary>Scaled to one volume, no vectors of one lattice are like those of the other.</summary>
    NoLatticeMapping,

    /// <summary>The lattices can be laid onto each other, the atoms cannot.</summary>
    NoSiteMapping,

    /// <summary>A lattice is too skewed or too flat to be reduced in double precision.</summary>
    CellNotReducible,

    /// <summary>The search took longer than the time limit, or would for such needles or so many atoms (over 4,000 of one element).</summary>
    LimitExceeded,
}

/// <summary>How one crystal lies on another. Sites and lattices are those of <see cref="PreparedStructure.Reduced"/>.</summary>
/// <param name="Rms">Root mean square displacement in units of (V/N)^(1/3); no unit.</param>
/// <param name="LargestDistance">Largest displacement in units of (V/N)^(1/3); no unit.</param>
/// <param name="LatticeTransform">Makes, from the first lattice, the vectors that correspond to the second. Determinant 1 or -1.</param>
/// <param name="SiteMapping">Site i of the second crystal lies on site SiteMapping[i] of the first.</param>
public sealed record StructureMatch(
    double Rms,
    double LargestDistance,
    IntegerMatrix3 LatticeTransform,
    ImmutableArray<int> SiteMapping
);
