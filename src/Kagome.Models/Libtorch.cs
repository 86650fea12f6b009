using System.Runtime.InteropServices;
using TorchSharp;

namespace Kagome.Models;

/// <summary>The native library that computes with tensors, libtorch, is not beside the program or cannot be loaded.</summary>
/// <remarks>Programs choose their libtorch, since there is one for each system and kind of device; the message names the package to add.</remarks>
public sealed class LibtorchException : KagomeException
{
    internal LibtorchException(string package, Exception cause)
        : base(
            $"libtorch cannot be loaded. Add the package {package}, version {Libtorch.Version}, to the program: `dotnet add package {package} -v {Libtorch.Version}`. It has to match TorchSharp {Libtorch.TorchSharpVersion}.",
            cause
        ) => Package = package;

    /// <summary>The package that brings libtorch for this system, such as libtorch-cpu-linux-x64.</summary>
    public string Package { get; }
}

/// <summary>The libtorch that goes with our TorchSharp.</summary>
internal static class Libtorch
{
    public const string Version = "2.10.0";
    public const string TorchSharpVersion = "0.107.0";

    /// <summary>Loads the library where that has not been done.</summary>
    /// <exception cref="LibtorchException">It cannot be loaded.</exception>
    public static void Require()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception exception)
            when (exception is TypeInitializationException or DllNotFoundException or NotSupportedException)
        {
            throw new LibtorchException(Package, exception);
        }
    }

    private static string Package =>
        "libtorch-cpu-"
        + (
            OperatingSystem.IsWindows() ? "win-x64"
            : OperatingSystem.IsMacOS() ? "osx-arm64"
            : RuntimeInformation.OSArchitecture == Architecture.X64 ? "linux-x64"
            : "linux-arm64"
        );
}
