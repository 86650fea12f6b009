using System.CommandLine;
using TorchSharp;

namespace Kagome.Cli;

/// <summary>The --device option: where tensors live and products are made.</summary>
internal static class DeviceChoice
{
    private const string Cpu = "cpu";
    private const string Cuda = "cuda";

    public static Option<string> CreateOption()
    {
        Option<string> option = new("--device")
        {
            Description = "cpu, or cuda in a build with -p:TorchBackend=cuda or pytorch.",
            DefaultValueFactory = _ => Cpu,
        };
        option.AcceptOnlyFromAmong(Cpu, Cuda);
        return option;
    }

    /// <exception cref="BadInputException">There is no such device here.</exception>
    public static torch.Device Find(string name)
    {
        if (name == Cuda && !torch.cuda.is_available())
        {
            throw new BadInputException(
                "--device is cuda, and no CUDA device can be used; build with -p:TorchBackend=cuda, or with pytorch beside an installed PyTorch (docs/gpu.md), on a machine that has one, or use cpu."
            );
        }

        return torch.device(name);
    }
}
