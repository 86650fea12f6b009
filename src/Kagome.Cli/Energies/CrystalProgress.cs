using Kagome.Cli.Output;

namespace Kagome.Cli.Energies;

/// <summary>How far work on crystals is.</summary>
internal sealed class CrystalProgress(TextWriter error, string what) : IDisposable
{
    private readonly ProgressLine line = new(error, TimeSpan.FromSeconds(15));
    private long total;
    private long done;

    /// <summary>So many more crystals are to be worked on.</summary>
    public void Add(int crystals) => Interlocked.Add(ref total, crystals);

    /// <summary>So many more are done; from any thread.</summary>
    public void Advance(int crystals)
    {
        long now = Interlocked.Add(ref done, crystals);
        line.Show(() =>
        {
            double rate = now / line.Elapsed.TotalSeconds;
            TimeSpan left = TimeSpan.FromSeconds(rate > 0 ? (Interlocked.Read(ref total) - now) / rate : 0);
            return $"{what}: {now}/{Interlocked.Read(ref total)} crystals, {rate:F0}/s, ETA {ProgressLine.Format(left)}";
        });
    }

    public void Dispose() => line.Dispose();
}
