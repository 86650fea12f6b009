namespace Kagome.Training.Pretraining;

/// <summary>Which crystals DAO-P relaxes before stage II. Defaults: the paper's (A.7 and A.12).</summary>
public sealed record RelaxationStage
{
    /// <summary>Crystals at most this high above the hull are stable, and kept; eV/atom.</summary>
    public double StableUpTo { get; init; } = 0.08;

    /// <summary>Crystals higher above the hull are left as they are; eV/atom.</summary>
    public double RelaxedUpTo { get; init; } = 0.5;

    /// <summary>Steps of L-BFGS.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>Whether a crystal of this label is relaxed.</summary>
    public bool Relaxes(double energyAboveHull) => energyAboveHull > StableUpTo && energyAboveHull <= RelaxedUpTo;
}
