using System.Runtime.InteropServices;

namespace Kagome.Cli.Diagnosis;

/// <summary>Whether spglib is there, which finds space groups.</summary>
internal static class SymmetryLibrary
{
    private static readonly string[] FileNames =
    [
        "libsymspg.so.1",
        "libsymspg.so.2",
        "libsymspg.2.dylib",
        "symspg.dll",
    ];

    private delegate int VersionPart();

    public static Finding Find()
    {
        foreach (string name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, out IntPtr library))
            {
                string version = Version(library);
                NativeLibrary.Free(library);
                return new Finding("spglib", $"{version} ({name})");
            }
        }

        return new Finding("spglib", "not found: space groups are not shown", FindingState.Limited, WayOut());
    }

    private static string Version(IntPtr library) =>
        string.Join(
            '.',
            new[] { "spg_get_major_version", "spg_get_minor_version", "spg_get_micro_version" }.Select(function =>
                NativeLibrary.TryGetExport(library, function, out IntPtr address)
                    ? $"{Marshal.GetDelegateForFunctionPointer<VersionPart>(address)()}"
                    : "?"
            )
        );

    private static string WayOut() =>
        OperatingSystem.IsLinux()
            ? "Install it: apt install libsymspg1, dnf install spglib, or conda install -c conda-forge spglib."
        : OperatingSystem.IsMacOS() ? "Install it: brew install spglib."
        : "Install it: conda install -c conda-forge spglib, and put the folder of symspg.dll on the PATH.";
}
