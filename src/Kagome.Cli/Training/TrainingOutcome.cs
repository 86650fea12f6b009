using Kagome.Training.Loops;

namespace Kagome.Cli.Training;

/// <summary>How a run ended.</summary>
/// <param name="IsDone">False where it was stopped, with its state saved.</param>
/// <param name="StepsTaken">Over all its sessions.</param>
/// <param name="TimeTrained">Over all its sessions.</param>
/// <param name="Validation">Of the weights that it ended with; null where nothing was held out, or the run was done before.</param>
internal sealed record TrainingOutcome(bool IsDone, int StepsTaken, TimeSpan TimeTrained, ValidationLosses? Validation);
