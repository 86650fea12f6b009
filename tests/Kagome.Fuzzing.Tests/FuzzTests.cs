using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kagome.Testing;

namespace Kagome.Fuzzing.Tests;

/// <summary>Damaged files through every reader: a few at each test run, as many as wanted by eng/fuzz.sh.</summary>
public sealed class FuzzTests
{
    private const int FewInputs = 80;
    private const int ReportInterval = 10_000; // inputs

    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(10);

    public static TheoryData<string> Readers =>
        Environment.GetEnvironmentVariable("KAGOME_FUZZ_READER") is { } one and not "all"
            ? [one]
            : [.. Target.All.Keys];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Read_damagedFile_givesValidCrystalsOrSaysWhyNot(string reader)
    {
        Target target = Target.All[reader]();
        using IDisposable? owned = target as IDisposable;
        long inputs = Setting("INPUTS", FewInputs);
        long first = Setting("FIRST", 0);
        FuzzRun run = new(target, (int)Setting("SEED", 1));
        long current = first;
        long since = Stopwatch.GetTimestamp();
        long started = since;
        using Timer watchdog = new(
            _ =>
            {
                if (Stopwatch.GetElapsedTime(Volatile.Read(ref since)) > LongestTime)
                {
                    Environment.FailFast(
                        $"{reader}: input {Volatile.Read(ref current)} has not ended for ten minutes."
                    );
                }
            },
            null,
            TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(10)
        );
        for (; current < first + inputs; current++)
        {
            Volatile.Write(ref since, Stopwatch.GetTimestamp());
            run.Try(current);
            if (inputs > ReportInterval && (current - first) % ReportInterval == ReportInterval - 1)
            {
                Report(reader, run, current - first + 1, Stopwatch.GetElapsedTime(started));
            }
        }

        Assert.True(run.ReadCount > inputs / 100, $"only {run.ReadCount} of {inputs} files could be read");
        Assert.True(run.Faults.Count == 0, string.Join("\n\n", run.Faults.Select(Describe)));
    }

    /// <summary>A line a report: the log says where a process that died was.</summary>
    private static void Report(string reader, FuzzRun run, long done, TimeSpan time) =>
        File.AppendAllText(
            Path.Combine(Repository.Root, "TestResults", "fuzzing.tsv"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{reader}\t{done}\t{run.ReadCount} read\t{run.Faults.Count} faults\t{done / time.TotalSeconds:F0}/s\tslowest {run.Slowest.TotalMilliseconds:F0} ms\tlargest {run.LargestAllocation >> 20} MiB\n"
            )
        );

    private static string Describe(Fault fault) =>
        $"input {fault.Index}, {fault.Input.Name}, shortened to {fault.Input.Content.Length} bytes:\n"
        + $"{Encoding.UTF8.GetString(fault.Input.Content.AsSpan(0, Math.Min(2000, fault.Input.Content.Length)))}\n"
        + $"base64 {Convert.ToBase64String(fault.Input.Content.AsSpan(0, Math.Min(2000, fault.Input.Content.Length)))}\n{fault.Exception}";

    private static long Setting(string name, long otherwise) =>
        long.TryParse(
            Environment.GetEnvironmentVariable($"KAGOME_FUZZ_{name}"),
            CultureInfo.InvariantCulture,
            out long value
        )
            ? value
            : otherwise;
}
