using Kagome.Cli.Output;
using Kagome.Evaluation.Scoring;

namespace Kagome.Cli.Evaluation;

/// <summary>How far an evaluation is: a live line in a terminal, a plain one now and then elsewhere.</summary>
/// <param name="error">Where to write.</param>
/// <param name="work">Units still to be done.</param>
/// <param name="structures">In all.</param>
internal sealed class EvaluationProgress(TextWriter error, long work, int structures) : IDisposable
{
    private readonly ProgressLine line = new(error, TimeSpan.FromSeconds(15));
    private long done;
    private int scored;
    private int matched;

    /// <summary>Counts units of work; from any thread.</summary>
    public void Advance(long units)
    {
        long total = Interlocked.Add(ref done, units);
        line.Show(() =>
        {
            double share = (double)total / work;
            TimeSpan left = line.Elapsed * ((1 - share) / share);
            return $"{share:P0} sampled, {scored} of {structures} structures scored, {matched} match, {total / line.Elapsed.TotalSeconds:F0} atom moves/s, ETA {ProgressLine.Format(left)}";
        });
    }

    /// <summary>Counts structures that are scored, earlier sessions' too.</summary>
    public void Count(IEnumerable<SampleScore> scores)
    {
        foreach (SampleScore score in scores)
        {
            Interlocked.Increment(ref scored);
            if (score.Rms is not null)
            {
                Interlocked.Increment(ref matched);
            }
        }
    }

    public void Dispose() => line.Dispose();
}
