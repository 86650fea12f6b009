namespace Kagome;

/// <summary>Why a relaxation stopped.</summary>
public enum RelaxationEnd
{
    /// <summary>Energy, gradient or step became too small to matter.</summary>
    Converged,

    /// <summary>All iterations were made.</summary>
    IterationLimit,

    /// <summary>Any further step would collapse or blow up the crystal; it stays where it was before.</summary>
    Guard,

    /// <summary>No step along the direction lowers the energy; the crystal stays where it was before.</summary>
    NoLowerEnergy,

    /// <summary>The energy rose or was no finite number; the original is kept.</summary>
    Diverged,
}
