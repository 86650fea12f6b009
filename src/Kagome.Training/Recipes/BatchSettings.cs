namespace Kagome.Training.Recipes;

/// <summary>How crystals are put together. A batch holds crystals of one atom count.</summary>
public sealed record BatchSettings
{
    /// <summary>Most atoms of a batch; a crystal larger than this makes a batch of its own.</summary>
    public int Atoms { get; init; } = 1024;

    /// <summary>Most crystals of a batch.</summary>
    public int Crystals { get; init; } = 256;

    /// <summary>Whether each crystal's origin is moved at random every time that it is shown.</summary>
    public bool ShiftOrigin { get; init; } = true;
}
