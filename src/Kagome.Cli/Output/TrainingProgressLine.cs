using Kagome.Training.Data;
using Kagome.Training.Loops;

namespace Kagome.Cli.Output;

/// <summary>Says how training goes.</summary>
internal sealed class TrainingProgressLine(TextWriter error, int stepCount) : ITrainingObserver, IDisposable
{
    private const double Smoothing = 0.98;

    private readonly ProgressLine line = new(error, TimeSpan.FromSeconds(30));
    private long crystals;
    private int stepsHere;
    private double loss = double.NaN;

    /// <summary>Null before the first.</summary>
    public ValidationLosses? LastValidation { get; private set; }

    public void OnStep(TrainingStep step)
    {
        crystals += step.CrystalCount;
        stepsHere++;
        loss = double.IsNaN(loss) ? step.Loss : (Smoothing * loss) + ((1 - Smoothing) * step.Loss);
        line.Show(
            () =>
            {
                double rate = crystals / line.Elapsed.TotalSeconds;
                TimeSpan left = (stepCount - step.Step) * (line.Elapsed / stepsHere);
                return $"step {step.Step}/{stepCount}  epoch {step.Epoch:F2}  loss {loss:F4}  {rate:F0} crystals/s  ETA {ProgressLine.Format(left)}";
            },
            isLast: step.Step == stepCount
        );
    }

    public void OnValidation(int step, ValidationLosses losses)
    {
        LastValidation = losses;
        string energy = losses.Energy is { } term ? $", energy {term:F4}" : "";
        string clean = losses.EnergyError is { } mean
            ? $"; energies of clean crystals: mean absolute error {mean:F4} {EnergyLabel.Unit} on {losses.LabelledCount}"
            : "";
        line.Keep(
            $"step {step}: validation loss {losses.Total:F4} (lattice {losses.Lattice:F4}, coordinates {losses.Coordinates:F4}{energy}) on {losses.CrystalCount} crystals{clean}"
        );
    }

    public void OnSaved(int step, string path) => line.Keep($"step {step}: saved {path}");

    public void Dispose() => line.Dispose();
}
