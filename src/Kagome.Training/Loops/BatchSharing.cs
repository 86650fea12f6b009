using Kagome.Training.Distributed;

namespace Kagome.Training;

/// <summary>How the parts of a batch are shared out: to processes, and in each to copies of the network.</summary>
/// <remarks>
/// The number of parts belongs to the run, since each draws noise of its own; processes and copies are whatever the machine has, and change
/// rounding only. Part p is of process p mod N, and in it of copy (p div N) mod copies.
/// </remarks>
/// <param name="Group">The processes.</param>
/// <param name="Parts">Parts of each batch.</param>
/// <param name="Copies">Copies of the network in each process, one thread each.</param>
internal sealed record BatchSharing(IProcessGroup Group, int Parts, int Copies)
{
    /// <summary>Shares for a run that begins or goes on.</summary>
    /// <param name="group">The processes; all of them call.</param>
    /// <param name="asked">Parts that the recipe asks for; 0 where it leaves them open.</param>
    /// <param name="saved">Parts of the run that is gone on with; 0 for none.</param>
    /// <param name="cores">Cores that this process may use.</param>
    public static BatchSharing Of(IProcessGroup group, int asked, int saved, int cores)
    {
        if (asked > 0 && !group.HasOthers())
        {
            return new BatchSharing(group, asked, asked);
        }

        int threads = (int)group.Gather(cores).Min(); // as many everywhere: sums over a vector round by the number of threads
        int parts =
            asked > 0 ? asked
            : saved > 0 ? saved
            : group.Size * threads;
        int partsOfEach = (parts + group.Size - 1) / group.Size;
        return new BatchSharing(group, parts, Math.Min(partsOfEach, threads));
    }

    /// <summary>The parts that a copy of this process does, of so many.</summary>
    public IEnumerable<int> PartsOf(int copy, int partCount)
    {
        for (int part = Group.Rank + (Group.Size * copy); part < partCount; part += Group.Size * Copies)
        {
            yield return part;
        }
    }
}
