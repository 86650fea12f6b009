using Kagome.Training;

namespace Kagome.Cli.Views;

/// <summary>Says what happens in a training or pretraining, and how it goes.</summary>
/// <param name="error">Where it is said.</param>
/// <param name="resumes">Whether it was to go on from a state.</param>
internal sealed class TrainingProgressLine(TextWriter error, bool resumes = false)
    : IProgress<TrainingEvent>,
        IDisposable
{
    private const double Smoothing = 0.98;

    private ProgressLine line = new(error, TimeSpan.FromSeconds(30));
    private ConsoleProgress? work;
    private string? task;
    private long crystals;
    private int stepsHere;
    private double loss = double.NaN;
    private bool isToResume = resumes;

    public void Report(TrainingEvent value)
    {
        switch (value)
        {
            case CrystalsRead read:
                Report(read);
                Begin();
                break;
            case TrainingShared shared:
                Report(shared);
                break;
            case InitialModelRead(string name, bool lacksHead):
                string head = lacksHead ? "; its energy head starts at random" : "";
                error.WriteLine($"Starting from the weights of {name}{head}.");
                break;
            case TrainingResumed(int step, int all):
                isToResume = false;
                error.WriteLine($"Resuming at step {step} of {all}.");
                break;
            case TrainingStep step:
                if (isToResume)
                {
                    isToResume = false;
                    line.Keep("There was no state to go on from: this run begins at its first step.");
                }

                Report(step);
                break;
            case TrainingValidated(int step, ValidationLosses losses):
                Report(step, losses);
                break;
            case ModelSaved(int step, string path):
                line.Keep($"step {step}: saved {path}");
                break;
            case StageSkipped(string stage):
                error.WriteLine($"Stage {stage}: done before, and nothing that it is made from has changed.");
                break;
            case StageStarted(string stage, string folder, var change):
                string changed = change is null
                    ? ""
                    : $" What it is made from has changed ({change}); the old one was moved aside.";
                error.WriteLine($"Stage {stage}: in {folder}.{changed}");
                break;
            case StageProgressed(WorkProgress progress):
                Report(progress);
                break;
            case EntriesUnreadable(int count, string problem):
                error.WriteLine($"{count} entries cannot be read, the first: {problem}");
                break;
        }
    }

    public void Dispose()
    {
        work?.Dispose();
        line.Dispose();
    }

    /// <summary>A run begins: rates and losses are its own.</summary>
    private void Begin()
    {
        Dispose();
        line = new ProgressLine(error, TimeSpan.FromSeconds(30));
        (work, task) = (null, null);
        (crystals, stepsHere, loss) = (0, 0, double.NaN);
    }

    private void Report(CrystalsRead read)
    {
        (int training, int validation) = (read.Crystals.TrainingCount, read.Crystals.ValidationCount);
        error.WriteLine(
            $"{training} crystals to learn from, {validation} to validate on; recipe {read.Recipe}, {read.StepCount} steps."
        );
        if (read.Crystals.Label is { } label)
        {
            error.WriteLine(
                $"  label {label.Name}: {label.TrainingCount} to learn from, {label.ValidationCount} to validate on; {training - label.TrainingCount} and {validation - label.ValidationCount} have no number (absent, empty, text or NaN)"
                    + (training > label.TrainingCount ? " and teach the noise only." : ".")
            );
            if (label.MedianError is { } medianError)
            {
                error.WriteLine(
                    $"  always the median of the training labels, {label.Median:F4} {label.Unit}, has a mean absolute error of {medianError:F4} on the validation labels."
                );
            }
        }

        foreach ((string reason, int count) in read.Crystals.Skipped)
        {
            error.WriteLine($"  {count} left out: {reason}");
        }
    }

    private void Report(TrainingShared shared)
    {
        (int processes, int parts, int threads) = shared;
        string idle =
            parts < processes
                ? $" {processes - parts} of the processes {(processes - parts == 1 ? "has" : "have")} nothing to do: the recipe says run.workers = {parts}."
                : "";
        error.WriteLine(
            $"{processes} processes, {Count(parts, "part")} a batch, {Count(threads, "thread")} a process.{idle}"
        );
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private void Report(TrainingStep step)
    {
        crystals += step.CrystalCount;
        stepsHere++;
        loss = double.IsNaN(loss) ? step.Loss : (Smoothing * loss) + ((1 - Smoothing) * step.Loss);
        line.Show(
            () =>
            {
                double rate = crystals / line.Elapsed.TotalSeconds;
                TimeSpan left = (step.StepCount - step.Step) * (line.Elapsed / stepsHere);
                return $"step {step.Step}/{step.StepCount}  epoch {step.Epoch:F2}  loss {loss:F4}  {rate:F0} crystals/s  ETA {ProgressLine.Format(left)}";
            },
            isLast: step.Step == step.StepCount
        );
    }

    private void Report(int step, ValidationLosses losses)
    {
        string energy = losses.Energy is { } term ? $", energy {term:F4}" : "";
        string clean = losses.EnergyError is { } mean
            ? $"; energies of clean crystals: mean absolute error {mean:F4} eV/atom on {losses.LabelledCount}"
            : "";
        line.Keep(
            $"step {step}: validation loss {losses.Total:F4} (lattice {losses.Lattice:F4}, coordinates {losses.Coordinates:F4}{energy}) on {losses.CrystalCount} crystals{clean}"
        );
    }

    private void Report(WorkProgress progress)
    {
        if (task != progress.Task)
        {
            work?.Dispose();
            (work, task) = (new ConsoleProgress(error), progress.Task);
        }

        work!.Report(progress);
    }
}
