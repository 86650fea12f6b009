using System.Runtime.InteropServices;

namespace Kagome.Models;

/// <summary>Memory of the C library that nobody uses and that the process still holds.</summary>
/// <remarks>
/// <para>
/// glibc has an arena of memory for each thread, up to eight a core, and keeps what is freed in it. Weights lie in the arena of the thread that loaded
/// them, the next thread has another: a program that loads a model now and then would come to hold one model's size in each. Large blocks it does the
/// opposite with: they go back to the system when they are freed, and each page of the next has to be made again, zeroed (docs/testing.md).
/// </para>
/// <para>Does nothing where the C library is not glibc. Safe to use from several threads.</para>
/// </remarks>
internal static class FreedMemory
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int TopPad = -2; // M_TOP_PAD
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD
    private const int MapMax = -4; // M_MMAP_MAX

    private static readonly Lock Gate = new();
    private static readonly MallocTrim? Trim = Find<MallocTrim>("malloc_trim");
    private static readonly MallocOption? Option = Find<MallocOption>("mallopt");
    private static int keepers;

    private delegate int MallocTrim(nuint kept);

    private delegate int MallocOption(int option, int value);

    /// <summary>Gives it back to the system: tens of milliseconds where there is much.</summary>
    public static void GiveBack() => Trim?.Invoke(0);

    /// <summary>Keeps it for the next that asks, in the whole process, until what is returned is disposed of; then gives it back.</summary>
    /// <remarks>For training, which asks for the same hundreds of megabytes in each step. Blocks above 64 MiB, but for those of the first thread, go back all the same.</remarks>
    public static IDisposable Keep()
    {
        lock (Gate)
        {
            if (keepers++ == 0)
            {
                Option?.Invoke(MapMax, 0); // nothing outside arenas, which is given back as soon as it is freed
                Option?.Invoke(TrimThreshold, -1); // never
                Option?.Invoke(TopPad, 64 << 20); // an arena's parts are as large: they are kept too
            }
        }

        return new Keeper();
    }

    private static void EndKeeping()
    {
        lock (Gate)
        {
            if (--keepers > 0)
            {
                return;
            }

            Option?.Invoke(TopPad, 128 << 10); // these two as glibc begins
            Option?.Invoke(MapMax, 1 << 16);
            Option?.Invoke(MapThreshold, 32 << 20); // these as it sets them itself when a block of 32 MiB was freed
            Option?.Invoke(TrimThreshold, 64 << 20);
        }

        GiveBack();
    }

    private static T? Find<T>(string function)
        where T : Delegate =>
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out nint library)
        && NativeLibrary.TryGetExport(library, function, out nint address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : null;

    private sealed class Keeper : IDisposable
    {
        private bool isDisposed;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref isDisposed, true))
            {
                EndKeeping();
            }
        }
    }
}
