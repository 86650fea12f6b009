using System.Globalization;
using System.IO.Hashing;
using Kagome.Training.Distributed;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>Checks that processes have not drifted apart: each takes every step by itself, from sums that MPI does not promise to be the same bits everywhere.</summary>
internal static class WeightAgreement
{
    private const string WayOut =
        "Steps round alike only on processors of one kind with one libtorch: start all processes on such machines, and go on from the last checkpoint.";

    /// <exception cref="ProcessGroupException">A process has other weights, moments or another number of steps; thrown by all alike.</exception>
    public static void Require(TrainingRun run)
    {
        if (run.Group.HasOthers())
        {
            string steps = run.StepsTaken.ToString(CultureInfo.InvariantCulture);
            run.Group.RequireSame("weights", $"{steps} {Digest(run)}", WayOut);
        }
    }

    private static string Digest(TrainingRun run)
    {
        XxHash64 hash = new();
        foreach ((_, Tensor tensor) in run.SaveState().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            using Tensor here = tensor.cpu().contiguous();
            hash.Append(here.bytes);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
