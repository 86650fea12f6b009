namespace Kagome.Training.Loops;

/// <summary>Hears what a run does: a progress line, an event file, a test.</summary>
public interface ITrainingObserver
{
    void OnStep(TrainingStep step);

    void OnValidation(int step, ValidationLosses losses);

    void OnSaved(int step, string path);
}
