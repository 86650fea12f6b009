using Kagome.Training.Data;

namespace Kagome.Training.Recipes;

/// <summary>How a predictor learns energies beside the noise; a recipe without them trains a generator.</summary>
/// <remarks>Source: DAO-P (arXiv 2503.10471), of which the defaults are; <see cref="CleanShare"/> is ours.</remarks>
public sealed record EnergySettings
{
    /// <summary>The energy's name in the data, in eV/atom.</summary>
    public string Label { get; init; } = EnergyLabel.Name;

    /// <summary>Of the energy loss, beside the two diffusion losses.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Share of the crystals that are shown clean, at t = 0, and learned from by the absolute error of their energy. The paper's noisy
    /// crystals are never clean, though it asks for energies at t = 0; and its loss hardly tells high energies apart.
    /// </summary>
    public double CleanShare { get; init; }

    /// <summary>Whether crystals without a label teach the diffusion part; else they are left out.</summary>
    public bool UseUnlabelled { get; init; } = true;
}
