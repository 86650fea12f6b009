using System.Diagnostics;
using Kagome.Training.Loops;

namespace Kagome.Cli.Output;

/// <summary>Says how training goes: a live line in a terminal, a plain line now and then elsewhere.</summary>
internal sealed class TrainingProgressLine(int stepCount) : ITrainingObserver, IDisposable
{
    private const double Smoothing = 0.98;
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(30);

    private readonly bool isLive = !Console.IsErrorRedirected;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan lastShown = TimeSpan.MinValue;
    private long crystals;
    private int stepsHere;
    private double loss = double.NaN;

    public void OnStep(TrainingStep step)
    {
        crystals += step.CrystalCount;
        stepsHere++;
        loss = double.IsNaN(loss) ? step.Loss : (Smoothing * loss) + ((1 - Smoothing) * step.Loss);
        TimeSpan interval = isLive ? LiveInterval : PlainInterval;
        if (lastShown != TimeSpan.MinValue && clock.Elapsed - lastShown < interval && step.Step < stepCount)
        {
            return;
        }

        lastShown = clock.Elapsed;
        double rate = crystals / clock.Elapsed.TotalSeconds;
        TimeSpan left = (stepCount - step.Step) * (clock.Elapsed / stepsHere);
        Show(
            $"step {step.Step}/{stepCount}  epoch {step.Epoch:F2}  loss {loss:F4}  {rate:F0} crystals/s  ETA {Format(left)}"
        );
    }

    public void OnValidation(int step, ValidationLosses losses) =>
        ShowLine(
            $"step {step}: validation loss {losses.Total:F4} (lattice {losses.Lattice:F4}, coordinates {losses.Coordinates:F4}) on {losses.CrystalCount} crystals"
        );

    public void OnSaved(int step, string path) => ShowLine($"step {step}: saved {path}");

    public void Dispose()
    {
        if (isLive && lastShown != TimeSpan.MinValue)
        {
            Console.Error.WriteLine();
            lastShown = TimeSpan.MinValue;
        }
    }

    private void Show(string text)
    {
        if (isLive)
        {
            Console.Error.Write($"\r{text}\u001b[K");
        }
        else
        {
            Console.Error.WriteLine(text);
        }
    }

    private void ShowLine(string text) => Console.Error.WriteLine(isLive ? $"\r{text}\u001b[K" : text);

    private static string Format(TimeSpan span) =>
        span.TotalHours >= 1
            ? $"{(int)span.TotalHours}:{span.Minutes:D2}:{span.Seconds:D2}"
            : $"{span.Minutes}:{span.Seconds:D2}";
}
