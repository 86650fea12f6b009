namespace Kagome.Training.Tests;

/// <summary>Remembers what it heard, and may act on a step or a checkpoint.</summary>
internal sealed class RecordingObserver(Action<TrainingStep>? onStep = null, Action<int>? onSaved = null)
    : IProgress<TrainingEvent>
{
    public List<TrainingEvent> All { get; } = [];

    public IEnumerable<TrainingStep> Steps => All.OfType<TrainingStep>();

    public IEnumerable<TrainingValidated> Validations => All.OfType<TrainingValidated>();

    public IEnumerable<int> Saves => All.OfType<ModelSaved>().Select(saved => saved.Step);

    public void Report(TrainingEvent value)
    {
        All.Add(value);
        if (value is TrainingStep step)
        {
            onStep?.Invoke(step);
        }
        else if (value is ModelSaved saved)
        {
            onSaved?.Invoke(saved.Step);
        }
    }
}
