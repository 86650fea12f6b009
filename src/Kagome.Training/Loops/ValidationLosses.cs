namespace Kagome.Training.Loops;

/// <summary>Mean losses of the averaged weights on held-out crystals with always the same noise.</summary>
/// <param name="Lattice">Mean square error of the lattices' noise.</param>
/// <param name="Coordinates">Mean square error of the coordinates' normalised score.</param>
/// <param name="CrystalCount">Crystals that were shown.</param>
/// <param name="Energy">Energy term of the noisy crystals; null where the model learns no energy.</param>
/// <param name="EnergyError">Mean absolute error of the clean crystals' energies, in the label's unit; null without labels.</param>
/// <param name="LabelledCount">Crystals that this error is of.</param>
public readonly record struct ValidationLosses(
    double Lattice,
    double Coordinates,
    int CrystalCount,
    double? Energy = null,
    double? EnergyError = null,
    int LabelledCount = 0
)
{
    public double Total => Lattice + Coordinates + (Energy ?? 0);
}
