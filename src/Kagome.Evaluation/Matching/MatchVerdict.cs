namespace Kagome.Evaluation.Matching;

/// <summary>Whether two crystals are the same, and if not, what told them apart.</summary>
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
