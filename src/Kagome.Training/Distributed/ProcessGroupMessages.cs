using System.Text;

namespace Kagome.Training.Distributed;

/// <summary>What processes tell each other beside gradients. All of them call, and all hear the same.</summary>
internal static class ProcessGroupMessages
{
    /// <summary>Whether this is the process that writes.</summary>
    public static bool IsFirst(this IProcessGroup group) => group.Rank == 0;

    /// <summary>Whether there are others.</summary>
    public static bool HasOthers(this IProcessGroup group) => group.Size > 1;

    /// <summary>The number that each process gave, by rank.</summary>
    public static double[] Gather(this IProcessGroup group, double own)
    {
        double[] all = new double[group.Size];
        all[group.Rank] = own;
        group.AllReduceSum(all.AsSpan());
        return all;
    }

    /// <summary>Whether any process says so.</summary>
    public static bool Any(this IProcessGroup group, bool own)
    {
        Span<double> votes = [own ? 1 : 0];
        group.AllReduceSum(votes);
        return votes[0] > 0;
    }

    /// <summary>The number that the first process gave.</summary>
    public static int FromFirst(this IProcessGroup group, int own)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(bytes, own);
        group.Broadcast(bytes);
        return BitConverter.ToInt32(bytes);
    }

    /// <summary>The text that the first process gave.</summary>
    public static string FromFirst(this IProcessGroup group, string own)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(own);
        int length = group.FromFirst(bytes.Length);
        if (!group.IsFirst())
        {
            bytes = new byte[length];
        }

        group.Broadcast(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Checks that all processes have the same as the first.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="what">Such as "data", for the message.</param>
    /// <param name="own">What this process has.</param>
    /// <param name="wayOut">What to do where they differ.</param>
    /// <exception cref="ProcessGroupException">They differ; thrown by all processes alike.</exception>
    public static void RequireSame(this IProcessGroup group, string what, string own, string wayOut)
    {
        if (!group.HasOthers())
        {
            return;
        }

        string first = group.FromFirst(own);
        double[] differs = group.Gather(string.Equals(own, first, StringComparison.Ordinal) ? 0 : 1);
        int[] ranks = [.. Enumerable.Range(0, group.Size).Where(rank => differs[rank] > 0)];
        if (ranks.Length > 0)
        {
            throw new ProcessGroupException(
                $"The {what} of rank {string.Join(", ", ranks)} and of rank 0 differ; expected the same in all {group.Size} processes. {wayOut}"
            );
        }
    }
}
