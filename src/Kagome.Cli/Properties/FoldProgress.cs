using Kagome.Training.Loops;

namespace Kagome.Cli.Properties;

/// <summary>Tells the steps of one fold as steps of the whole cross-validation.</summary>
/// <param name="whole">Told.</param>
/// <param name="stepsBefore">Of the folds before this one.</param>
internal sealed class FoldProgress(ITrainingObserver whole, int stepsBefore) : ITrainingObserver
{
    public void OnStep(TrainingStep step) => whole.OnStep(step with { Step = step.Step + stepsBefore });

    public void OnValidation(int step, ValidationLosses losses) => whole.OnValidation(step + stepsBefore, losses);

    public void OnSaved(int step, string path) => whole.OnSaved(step + stepsBefore, path);
}
