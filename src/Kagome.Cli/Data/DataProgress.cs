using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.DataSets.Duplicates;

namespace Kagome.Cli.Data;

/// <summary>How far work on data sets is: first reading, then comparing.</summary>
internal sealed class DataProgress(TextWriter error) : IDuplicateObserver, IDisposable
{
    private const int Interval = 100; // crystals between looks at the clock

    private readonly ProgressLine line = new(error, TimeSpan.FromSeconds(15));
    private TimeSpan compareStart;
    private int compared;
    private int total;

    /// <summary>Passes crystals on and says how many there were, how fast, and for how long it will go on.</summary>
    public IEnumerable<CrystalRecord> Watch(
        IEnumerable<CrystalRecord> records,
        DataInput input,
        string what = "reading"
    )
    {
        TimeSpan start = line.Elapsed;
        foreach (CrystalRecord record in records)
        {
            if (input.CrystalCount % Interval == 0)
            {
                line.Show(() => Text(what, input.CrystalCount, null, input.Share, line.Elapsed - start));
            }

            yield return record;
        }
    }

    public void OnRead() { } // Watch knows more

    public void OnComparing(int crystals) => (total, compareStart) = (crystals, line.Elapsed);

    public void OnCompared()
    {
        int now = Interlocked.Increment(ref compared);
        if (now % Interval == 0)
        {
            line.Show(() => Text("comparing", now, total, (double)now / total, line.Elapsed - compareStart));
        }
    }

    public void Dispose() => line.Dispose();

    private static string Text(string what, int count, int? of, double? share, TimeSpan elapsed)
    {
        string outOf = of is { } crystals ? $"/{crystals}" : "";
        string left = share is > 0 and <= 1 and var done
            ? $", {100 * done:F0} %, ETA {ProgressLine.Format(elapsed * ((1 - done) / done))}"
            : "";
        return $"{what}: {count}{outOf} crystals, {count / elapsed.TotalSeconds:F0}/s{left}";
    }
}
