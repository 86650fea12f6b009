namespace Kagome.Cli.Views;

/// <summary>How far work is: a live line in a terminal, a plain one now and then elsewhere.</summary>
internal sealed class ConsoleProgress(TextWriter error) : IProgress<WorkProgress>, IDisposable
{
    private readonly ProgressLine line = new(error, TimeSpan.FromSeconds(15));
    private (string Task, TimeSpan Start) current;

    public void Report(WorkProgress value)
    {
        if (value.Task != current.Task)
        {
            current = (value.Task, current.Task is null ? TimeSpan.Zero : line.Elapsed);
        }

        line.Show(() =>
        {
            double rate = value.Done / (line.Elapsed - current.Start).TotalSeconds;
            string note = value.Note is { } text ? $", {text}" : "";
            if (value.Total == 0)
            {
                return $"{value.Task}: {value.Done} {value.Unit}{note}, {Words(rate)}";
            }

            TimeSpan left = TimeSpan.FromSeconds(rate > 0 ? (value.Total - value.Done) / rate : 0);
            double share = (double)value.Done / value.Total;
            return $"{value.Task}: {value.Done}/{value.Total} {value.Unit} ({share:P0}){note}, {Words(rate)}, ETA {ProgressLine.Format(left)}";
        });
    }

    /// <summary>Slow work counts by the hour.</summary>
    private static string Words(double rate) => rate is > 0 and < 1 ? $"{3600 * rate:F0}/h" : $"{rate:F0}/s";

    /// <summary>Writes a line that stays.</summary>
    public void Keep(string text) => line.Keep(text);

    public void Dispose() => line.Dispose();
}
