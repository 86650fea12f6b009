using Kagome.Training.Loops;

namespace Kagome.Training.Tests;

/// <summary>Remembers what it heard, and may act on a step or a checkpoint.</summary>
internal sealed class RecordingObserver(Action<TrainingStep>? onStep = null, Action<int>? onSaved = null)
    : ITrainingObserver
{
    public List<TrainingStep> Steps { get; } = [];

    public List<(int Step, ValidationLosses Losses)> Validations { get; } = [];

    public List<int> Saves { get; } = [];

    public void OnStep(TrainingStep step)
    {
        Steps.Add(step);
        onStep?.Invoke(step);
    }

    public void OnValidation(int step, ValidationLosses losses) => Validations.Add((step, losses));

    public void OnSaved(int step, string path)
    {
        Saves.Add(step);
        onSaved?.Invoke(step);
    }
}
