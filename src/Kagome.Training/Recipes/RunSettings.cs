using Kagome.Networks.Layers;

namespace Kagome.Training.Recipes;

/// <summary>How long a run takes and what it reports.</summary>
public sealed record RunSettings
{
    /// <summary>Steps in all, over which the learning rate falls.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Crystals with more atoms are left out.</summary>
    public int LargestAtomCount { get; init; } = 20;

    /// <summary>Crystals higher above the hull (eV/atom, where labelled) are left out.</summary>
    public double LargestEnergyAboveHull { get; init; } = double.PositiveInfinity;

    /// <summary>Share of the formulas held out to validate on where no validation file is given.</summary>
    public double ValidationShare { get; init; } = 0.02;

    /// <summary>Most crystals validated on.</summary>
    public int ValidationCrystals { get; init; } = 512;

    /// <summary>Steps between validations; 0 for none.</summary>
    public int ValidateEvery { get; init; } = 1000;

    /// <summary>Minutes between checkpoints.</summary>
    public double CheckpointMinutes { get; init; } = 3;

    /// <summary>Copies of the network that share each batch, one thread each; 0 for one a core.</summary>
    /// <remarks>Changes a run's numbers by rounding and by the noise that each share draws.</remarks>
    public int Workers { get; init; }

    /// <summary>Of the large matrix products. Default: bfloat16 where the device has it. Changes a run's numbers by rounding.</summary>
    public ProductPrecision Precision { get; init; } = ProductPrecision.Auto;
}
