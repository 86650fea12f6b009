using Kagome.Formats;
using Kagome.Training.Recipes;

namespace Kagome.Training;

/// <summary>Keeps a run going until it is done or told to stop, with checkpoints in a folder.</summary>
/// <param name="run">What to do.</param>
/// <param name="folder">Where state and model go; made if absent.</param>
/// <param name="export">Writes the model as it stands to a path.</param>
/// <param name="observers">Hear of all that happens.</param>
/// <param name="clock">Tells when a checkpoint is due.</param>
internal sealed class TrainingSession(
    TrainingRun run,
    string folder,
    Action<string> export,
    IReadOnlyList<IProgress<TrainingEvent>> observers,
    TimeProvider clock
)
{
    public const string StateFileName = "state.safetensors";
    public const string ModelFileName = "model.safetensors";
    public const string RecipeFileName = "recipe.toml";

    /// <summary>What the last validation of this session measured; null where there was none.</summary>
    public ValidationLosses? LastValidation { get; private set; }

    private string StatePath => Path.Combine(folder, StateFileName);

    /// <summary>Goes on from the folder's state, where there is one.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Resume()
    {
        if (!File.Exists(StatePath))
        {
            return false;
        }

        TrainingStateFile.Load(StatePath, run);
        return true;
    }

    /// <summary>Trains.</summary>
    /// <returns>Whether the run is done; false where it was cancelled, with its state saved.</returns>
    public bool Train(CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, RecipeFileName), RecipeFile.Format(run.Recipe));
        RunSettings settings = run.Recipe.Run;
        long lastSave = clock.GetTimestamp();
        while (!run.IsDone && !cancellation.IsCancellationRequested)
        {
            TrainingStep step = run.Step();
            Report(step);
            bool isLast = run.IsDone;
            if ((settings.ValidateEvery > 0 && run.StepsTaken % settings.ValidateEvery == 0) || isLast)
            {
                Validate();
            }

            if (clock.GetElapsedTime(lastSave).TotalMinutes >= settings.CheckpointMinutes && !isLast)
            {
                Save();
                lastSave = clock.GetTimestamp();
            }
        }

        Save();
        return run.IsDone;
    }

    private void Validate()
    {
        if (run.Validate() is { } losses)
        {
            LastValidation = losses;
            Report(new TrainingValidated(run.StepsTaken, losses));
        }
    }

    private void Save()
    {
        TrainingStateFile.Save(StatePath, run);
        string modelPath = Path.Combine(folder, ModelFileName);
        export(modelPath);
        Report(new ModelSaved(run.StepsTaken, modelPath));
    }

    private void Report(TrainingEvent what)
    {
        foreach (IProgress<TrainingEvent> observer in observers)
        {
            observer.Report(what);
        }
    }
}
