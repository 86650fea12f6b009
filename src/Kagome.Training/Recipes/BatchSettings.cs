namespace Kagome.Training.Recipes;

/// <summary>How many crystals are shown at once.</summary>
public sealed record BatchSettings
{
    /// <summary>Atoms of a batch, on average over an epoch at most.</summary>
    public int Atoms { get; init; } = 1024;

    /// <summary>Most crystals of a batch.</summary>
    public int Crystals { get; init; } = 256;

    /// <summary>Whether each crystal's origin is moved at random every time that it is shown.</summary>
    public bool ShiftOrigin { get; init; } = true;
}
