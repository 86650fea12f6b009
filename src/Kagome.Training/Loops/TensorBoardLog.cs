using TorchSharp;
using TorchSharp.Modules;

namespace Kagome.Training;

/// <summary>Writes losses and rates as TensorBoard event files.</summary>
/// <remarks>A resumed run adds a file to the folder; TensorBoard joins them by step.</remarks>
internal sealed class TensorBoardLog(string folder) : IProgress<TrainingEvent>
{
    private const int StepsBetweenPoints = 10;

    private readonly SummaryWriter writer = torch.utils.tensorboard.SummaryWriter(folder);

    public void Report(TrainingEvent value)
    {
        switch (value)
        {
            case TrainingStep step when step.Step % StepsBetweenPoints == 0:
                Add("train/lattice_loss", step.LatticeLoss, step.Step);
                Add("train/coordinate_loss", step.CoordinateLoss, step.Step);
                Add("train/energy_loss", step.EnergyLoss, step.Step);
                Add("train/learning_rate", step.LearningRate, step.Step);
                break;
            case TrainingValidated(int step, ValidationLosses losses):
                Add("validation/lattice_loss", losses.Lattice, step);
                Add("validation/coordinate_loss", losses.Coordinates, step);
                Add("validation/energy_loss", losses.Energy, step);
                Add("validation/energy_error", losses.EnergyError, step);
                break;
        }
    }

    private void Add(string name, double? value, int step)
    {
        if (value is { } number)
        {
            writer.add_scalar(name, (float)number, step);
        }
    }
}
