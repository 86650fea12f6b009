using System.Globalization;
using System.Runtime.InteropServices;

namespace Kagome.Models.Tests;

public sealed class FreedMemoryTests
{
    private const int PageBytes = 4 << 10;
    private const int BlockBytes = 16 << 10;
    private const int Blocks = 16 << 10;
    private const long Half = (long)BlockBytes * Blocks / 2; // 128 MiB: other tests work beside this one

    [Fact]
    public void GiveBack_blocksFreedBelowOneThatIsKept_leaveTheProcess()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only glibc has to be asked.");
        (long empty, long freed, long given) = (0, 0, 0);
        Thread thread = new(() =>
        {
            empty = Resident();
            nint[] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => Allocate())];
            Array.ForEach(blocks[..^1], Marshal.FreeHGlobal);
            freed = Resident();
            FreedMemory.GiveBack();
            given = Resident();
            Marshal.FreeHGlobal(blocks[^1]);
        });
        thread.Start(); // with an arena of its own: no blocks of others between these
        thread.Join();
        Assert.SkipWhen(freed - empty < Half, "This C library gave the memory back by itself.");
        Assert.InRange(freed - given, Half, long.MaxValue);
    }

    [Fact]
    public void Keep_largeBlockFreed_staysUntilTheLastKeeperIsGone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only glibc has to be asked.");
        const int large = 48 << 20; // glibc maps blocks above 32 MiB by themselves, and parts of an arena have 64
        long Freed()
        {
            nint[] blocks = [.. Enumerable.Range(0, 4).Select(_ => Allocate(large))];
            long used = Resident();
            Array.ForEach(blocks, Marshal.FreeHGlobal);
            return used - Resident();
        }

        Assert.SkipWhen(Freed() < Half, "This C library keeps large blocks by itself.");
        IDisposable first = FreedMemory.Keep();
        using (FreedMemory.Keep())
        {
            first.Dispose();
            first.Dispose();
            Assert.InRange(Freed(), long.MinValue, Half);
            long kept = Resident();
            Assert.InRange(Freed(), long.MinValue, Half);
            Assert.InRange(Resident() - kept, long.MinValue, Half); // the same memory again
        }

        Assert.InRange(Freed(), Half, long.MaxValue);
    }

    private static nint Allocate(int bytes = BlockBytes)
    {
        nint block = Marshal.AllocHGlobal(bytes);
        for (int at = 0; at < bytes; at += PageBytes)
        {
            Marshal.WriteByte(block, at, 1); // a page is there once it is written to
        }

        return block;
    }

    private static long Resident() =>
        1024
        * long.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[
                6..^2
            ],
            CultureInfo.InvariantCulture
        );
}
