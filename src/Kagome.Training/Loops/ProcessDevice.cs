using Kagome.Models;
using Kagome.Training.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>Which graphics processor a process takes.</summary>
internal static class ProcessDevice
{
    private const string AnyGraphics = "cuda";

    /// <summary>Of several processes of a machine each takes one of its own, by its number there; where only one can be seen (Slurm's gpus-per-task), that one.</summary>
    public static string Of(string device, IProcessGroup group)
    {
        if (device != AnyGraphics || !group.HasOthers())
        {
            return device;
        }

        return Devices.Find(device).type == DeviceType.CUDA
            ? $"{AnyGraphics}:{group.LocalRank % cuda.device_count()}"
            : device;
    }
}
