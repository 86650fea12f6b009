namespace Kagome.Checkpoints;

/// <summary>What a network was trained for.</summary>
public enum ModelKind
{
    /// <summary>Draws crystals of a given composition.</summary>
    Generator,

    /// <summary>Judges the energy of clean and noisy crystals, and guides a generator.</summary>
    Predictor,

    /// <summary>Predicts one property of clean crystals.</summary>
    Property,
}
