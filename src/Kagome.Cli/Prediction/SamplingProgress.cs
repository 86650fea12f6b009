using Kagome.Cli.Output;

namespace Kagome.Cli.Prediction;

/// <summary>How far the sampling of a formula is: a live line in a terminal, a plain one now and then elsewhere.</summary>
internal sealed class SamplingProgress(TextWriter error, string formula, long work) : IDisposable
{
    private readonly ProgressLine line = new(error, TimeSpan.FromSeconds(15));
    private long done;

    public void Advance(long units)
    {
        long total = Interlocked.Add(ref done, units);
        line.Show(() =>
        {
            double share = (double)total / work;
            TimeSpan left = line.Elapsed * ((1 - share) / share);
            return $"{formula}: {share:P0} sampled, {total / line.Elapsed.TotalSeconds:F0} atom moves/s, ETA {ProgressLine.Format(left)}";
        });
    }

    public void Dispose() => line.Dispose();
}
