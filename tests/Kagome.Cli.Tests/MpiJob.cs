using System.Diagnostics;
using System.Globalization;

namespace Kagome.Cli.Tests;

/// <summary>The program in several processes that mpirun starts and joins.</summary>
internal sealed class MpiJob : IDisposable
{
    private const string Launcher = "mpirun";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private MpiJob(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts two processes with the same arguments.</summary>
    public static MpiJob Start(params string[] arguments) => Launch(["-n", "2", .. Program, .. arguments]);

    /// <summary>Starts a process with the first arguments and one with the second, as ranks 0 and 1.</summary>
    public static MpiJob Start(string[] first, string[] second) =>
        Launch(["-n", "1", .. Program, .. first, ":", "-n", "1", .. Program, .. second]);

    /// <summary>Skips a test where there is no mpirun of Open MPI.</summary>
    public static void Require()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes of a job are found by /proc, which only Linux has.");
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, Launcher)));
        Assert.SkipUnless(isThere, "There is no mpirun; install openmpi-bin to run this test.");
    }

    /// <summary>Waits for the end.</summary>
    public async Task<ProgramRun> End(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        await process.WaitForExitAsync(limit.Token);
        return new ProgramRun(process.ExitCode, await output, await error);
    }

    /// <summary>The process of a rank, when a file is there.</summary>
    public async Task<Process> Rank(int rank, string file, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (!File.Exists(file))
        {
            Assert.False(process.HasExited, "The job ended before its first checkpoint.");
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "The job wrote no checkpoint.");
            await Task.Delay(Glance, cancellation);
        }

        string variable = string.Create(CultureInfo.InvariantCulture, $"OMPI_COMM_WORLD_RANK={rank}");
        return Process
            .GetProcessesByName("dotnet")
            .Single(candidate => IsOurs(candidate.Id) && Environments(candidate.Id).Contains(variable));
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static string[] Program => ["dotnet", Path.Combine(AppContext.BaseDirectory, "Kagome.Cli.dll")];

    private static MpiJob Launch(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Launcher)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (string argument in (string[])["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new MpiJob(Process.Start(start)!);
    }

    /// <summary>Whether mpirun is its parent.</summary>
    private bool IsOurs(int id)
    {
        string status = Read(id, "stat");
        string[] fields = status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && int.Parse(fields[1], CultureInfo.InvariantCulture) == process.Id;
    }

    private static string[] Environments(int id) => Read(id, "environ").Split('\0');

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}"));
        }
        catch (IOException)
        {
            return ""; // gone, or somebody else's
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
