using System.Runtime.InteropServices;

namespace Kagome.Models;

/// <summary>Memory that nobody uses and that the process still holds.</summary>
/// <remarks>
/// glibc has an arena of memory for each thread, up to eight a core, and keeps what is freed in it. Weights lie in the arena of the thread that loaded
/// them, the next thread has another: a program that loads a model now and then would come to hold one model's size in each (docs/testing.md).
/// Safe to use from several threads.
/// </remarks>
internal static class FreedMemory
{
    private static readonly MallocTrim? Trim = Find();

    private delegate int MallocTrim(nuint kept);

    /// <summary>Gives it back to the system: tens of milliseconds where there is much. Does nothing where the C library is not glibc, which alone asks for it.</summary>
    public static void GiveBack() => Trim?.Invoke(0);

    private static MallocTrim? Find() =>
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out nint library)
        && NativeLibrary.TryGetExport(library, "malloc_trim", out nint address)
            ? Marshal.GetDelegateForFunctionPointer<MallocTrim>(address)
            : null;
}
