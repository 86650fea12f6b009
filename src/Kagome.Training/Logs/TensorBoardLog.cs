using Kagome.Training.Loops;
using TorchSharp;
using TorchSharp.Modules;

namespace Kagome.Training.Logs;

/// <summary>Writes losses and rates as TensorBoard event files.</summary>
/// <remarks>A resumed run adds a file to the folder; TensorBoard joins them by step.</remarks>
public sealed class TensorBoardLog(string folder) : ITrainingObserver
{
    private const int StepsBetweenPoints = 10;

    private readonly SummaryWriter writer = torch.utils.tensorboard.SummaryWriter(folder);

    public void OnStep(TrainingStep step)
    {
        if (step.Step % StepsBetweenPoints != 0)
        {
            return;
        }

        writer.add_scalar("train/lattice_loss", (float)step.LatticeLoss, step.Step);
        writer.add_scalar("train/coordinate_loss", (float)step.CoordinateLoss, step.Step);
        Add("train/energy_loss", step.EnergyLoss, step.Step);
        writer.add_scalar("train/learning_rate", (float)step.LearningRate, step.Step);
    }

    public void OnValidation(int step, ValidationLosses losses)
    {
        writer.add_scalar("validation/lattice_loss", (float)losses.Lattice, step);
        writer.add_scalar("validation/coordinate_loss", (float)losses.Coordinates, step);
        Add("validation/energy_loss", losses.Energy, step);
        Add("validation/energy_error", losses.EnergyError, step);
    }

    public void OnSaved(int step, string path) { }

    private void Add(string name, double? value, int step)
    {
        if (value is { } number)
        {
            writer.add_scalar(name, (float)number, step);
        }
    }
}
