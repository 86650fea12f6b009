using System.Globalization;

namespace Kagome.Campaigns.Slurm;

/// <summary>Which tasks of a job array work on which shards.</summary>
/// <param name="Shards">Of the campaign.</param>
/// <param name="Length">Task n works on the shards n, n + Length, n + 2 Length and so on: one, unless Slurm takes no array that long.</param>
/// <param name="Tasks">The tasks that have something to do, in order.</param>
public sealed record SlurmArray(int Shards, int Length, IReadOnlyList<int> Tasks)
{
    /// <summary>The tasks of shards that are to do.</summary>
    /// <param name="shards">Of the campaign.</param>
    /// <param name="open">Those that are to do.</param>
    /// <param name="largest">How long an array may be on this cluster (MaxArraySize).</param>
    public static SlurmArray Of(int shards, IEnumerable<int> open, int largest)
    {
        int length = Math.Min(shards, largest);
        return new SlurmArray(shards, length, [.. open.Select(shard => shard % length).Distinct().Order()]);
    }

    /// <summary>The shards of a task.</summary>
    public IEnumerable<int> ShardsOf(int task)
    {
        for (int shard = task; shard < Shards; shard += Length)
        {
            yield return shard;
        }
    }

    /// <summary>The tasks as sbatch takes them, such as 0-7,12.</summary>
    public string Numbers()
    {
        List<string> ranges = [];
        for (int first = 0; first < Tasks.Count; )
        {
            int last = first;
            while (last + 1 < Tasks.Count && Tasks[last + 1] == Tasks[last] + 1)
            {
                last++;
            }

            string begin = Tasks[first].ToString(CultureInfo.InvariantCulture);
            ranges.Add(first == last ? begin : string.Create(CultureInfo.InvariantCulture, $"{begin}-{Tasks[last]}"));
            first = last + 1;
        }

        return string.Join(',', ranges);
    }
}
