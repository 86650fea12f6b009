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

    private static nint Allocate()
    {
        nint block = Marshal.AllocHGlobal(BlockBytes);
        for (int at = 0; at < BlockBytes; at += PageBytes)
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
