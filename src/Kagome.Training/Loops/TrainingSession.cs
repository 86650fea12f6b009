using Kagome.Formats;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;

namespace Kagome.Training;

/// <summary>Keeps a run going until it is done or told to stop, with checkpoints in a folder.</summary>
/// <remarks>
/// Of several processes the first writes, by its own clock; any of them stops all when it is told to. What is to be done after a step is agreed on in
/// the step, with the gradients. A process alone asks itself when the step is done.
/// </remarks>
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

    private bool Writes => run.Group.IsFirst();

    /// <summary>Goes on from the folder's state, where there is one.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="TrainingStateException">The state is of another run or damaged, or this process does not see it.</exception>
    public bool Resume()
    {
        if (run.Group.FromFirst(File.Exists(StatePath) ? 1 : 0) == 0)
        {
            return false;
        }

        if (!File.Exists(StatePath))
        {
            throw new TrainingStateException(
                $"{StatePath} is there for the first process, not for this one; expected a folder that all processes see."
            );
        }

        TrainingStateFile.Load(StatePath, run);
        return true;
    }

    /// <summary>Trains.</summary>
    /// <returns>Whether the run is done; false where it was cancelled, in any process, with its state saved.</returns>
    public bool Train(CancellationToken cancellation)
    {
        WriteRecipe();
        WeightAgreement.Require(run);
        RunSettings settings = run.Recipe.Run;
        long lastSave = clock.GetTimestamp();
        StepRequests Own() =>
            new(
                cancellation.IsCancellationRequested,
                Writes && clock.GetElapsedTime(lastSave).TotalMinutes >= settings.CheckpointMinutes
            );
        bool stops = run.Group.Any(cancellation.IsCancellationRequested);
        while (!run.IsDone && !stops)
        {
            TrainingStep step = run.Step(Own());
            Report(step);
            bool isLast = run.IsDone;
            if ((settings.ValidateEvery > 0 && run.StepsTaken % settings.ValidateEvery == 0) || isLast)
            {
                Validate();
            }

            (stops, bool saves) = run.Agreed ?? Own();
            if (saves && !isLast)
            {
                Save();
                lastSave = clock.GetTimestamp();
                stops |= run.Agreed is null && cancellation.IsCancellationRequested;
            }
        }

        Save();
        return run.IsDone;
    }

    private void WriteRecipe()
    {
        if (Writes)
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, RecipeFileName), RecipeFile.Format(run.Recipe));
        }
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
        WeightAgreement.Require(run);
        if (!Writes)
        {
            return;
        }

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
