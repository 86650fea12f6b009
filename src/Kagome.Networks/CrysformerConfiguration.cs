namespace Kagome.Networks;

/// <summary>The shape of a Crysformer.</summary>
/// <remarks>Source: DAO (arXiv 2503.10471); defaults are the paper's 25M-parameter network.</remarks>
public sealed record CrysformerConfiguration
{
    /// <summary>Transformer blocks.</summary>
    public int BlockCount { get; init; } = 12;

    /// <summary>Features per atom; a multiple of <see cref="HeadCount"/>.</summary>
    public int HiddenDimension { get; init; } = 384;

    /// <summary>Heads of attention.</summary>
    public int HeadCount { get; init; } = 8;

    /// <summary>K: Fourier frequencies 0 … K-1 per axis of a fractional difference.</summary>
    public int FrequencyCount { get; init; } = 128;

    /// <summary>What the entries of L Lᵀ (Å²) are multiplied by before the edges' layer norm; 1 in the paper.</summary>
    /// <remarks>
    /// At 1 they outweigh the waves of the fractional differences in the norm, the more the larger the cell, and places are learned late:
    /// docs/decisions/0017.
    /// </remarks>
    public double GramScale { get; init; } = 1;

    /// <summary>Features of the embedded time; even.</summary>
    public int TimeDimension { get; init; } = 256;

    /// <summary>Columns of the element table.</summary>
    public int ElementFeatureCount { get; init; } = 92;

    /// <summary>Whether the network predicts an energy from the mean of its atoms.</summary>
    public bool HasEnergyHead { get; init; }

    /// <summary>Whether the network guesses element types: in the released checkpoints, but in no loss.</summary>
    public bool HasTypeHead { get; init; }

    /// <summary>What an edge carries: 9 scaled entries of L Lᵀ, then a sine and a cosine per axis and frequency.</summary>
    public int EdgeFeatureCount => 9 + (6 * FrequencyCount);

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="ArgumentException">A dimension is out of range.</exception>
    public void Validate()
    {
        if (BlockCount < 1 || HiddenDimension < 1 || HeadCount < 1 || FrequencyCount < 1 || ElementFeatureCount < 1)
        {
            throw new ArgumentException($"A dimension of {this} is below 1.");
        }

        if (HiddenDimension % HeadCount != 0)
        {
            throw new ArgumentException(
                $"Hidden dimension is {HiddenDimension}; expected a multiple of the {HeadCount} heads."
            );
        }

        if (!(GramScale > 0 && double.IsFinite(GramScale)))
        {
            throw new ArgumentException($"Gram scale is {GramScale}; expected a positive number.");
        }

        if (TimeDimension < 4 || TimeDimension % 2 != 0)
        {
            throw new ArgumentException($"Time dimension is {TimeDimension}; expected an even number of at least 4.");
        }
    }
}
