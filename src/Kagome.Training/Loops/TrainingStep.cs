namespace Kagome.Training.Loops;

/// <summary>One step as it went.</summary>
/// <param name="Step">Steps taken so far, this one included.</param>
/// <param name="StepCount">Steps of the whole run.</param>
/// <param name="Epoch">Times that the data was seen so far, as a fraction.</param>
/// <param name="LatticeLoss">Mean square error of the lattices' noise.</param>
/// <param name="CoordinateLoss">Mean square error of the coordinates' normalised score.</param>
/// <param name="LearningRate">Of this step.</param>
/// <param name="CrystalCount">Crystals in this step.</param>
/// <param name="EnergyLoss">The energy term, times its weight; null where nothing had a label.</param>
public readonly record struct TrainingStep(
    int Step,
    int StepCount,
    double Epoch,
    double LatticeLoss,
    double CoordinateLoss,
    double LearningRate,
    int CrystalCount,
    double? EnergyLoss = null
)
{
    public double Loss => LatticeLoss + CoordinateLoss + (EnergyLoss ?? 0);
}
