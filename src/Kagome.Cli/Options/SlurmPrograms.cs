using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Kagome.Campaigns.Slurm;

namespace Kagome.Cli.Options;

/// <summary>Slurm's own programs.</summary>
internal static class SlurmPrograms
{
    /// <summary>MaxArraySize where the cluster does not say another one.</summary>
    public const int UsualLargestArray = 1001;

    /// <summary>Slurm's controller is asked for a minute at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How tasks call kagome.</summary>
    /// <param name="named">A file, or a name that is found on the PATH; null for this program.</param>
    /// <exception cref="InputException">There is no such file, or it is no program.</exception>
    public static IReadOnlyList<string> Program(string? named)
    {
        if (named is not null)
        {
            return named.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? [RequireProgram(Path.GetFullPath(named))]
                : [named];
        }

        string path = Environment.ProcessPath ?? "kagome";
        bool isHost = Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost ? [path, Path.Combine(AppContext.BaseDirectory, "Kagome.Cli.dll")] : [path];
    }

    private static string RequireProgram(string path)
    {
        bool isProgram =
            File.Exists(path)
            && (OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute));
        return isProgram
            ? path
            : throw new InputException($"--program is {path}; expected a program, such as {Environment.ProcessPath}.");
    }

    /// <summary>How many tasks an array may have.</summary>
    /// <exception cref="InputException">Slurm is not there, or does not answer.</exception>
    public static async Task<int> LargestArrayAsync(CancellationToken cancellation)
    {
        string configuration = await RunAsync(null, cancellation, "scontrol", "show", "config");
        string? value = configuration
            .Split('\n')
            .Select(line => line.Split('=', StringSplitOptions.TrimEntries))
            .FirstOrDefault(pair => pair is ["MaxArraySize", _])
            ?[1];
        return int.TryParse(value, CultureInfo.InvariantCulture, out int size) && size > 0 ? size : UsualLargestArray;
    }

    /// <summary>Submits a script.</summary>
    /// <returns>The job's number.</returns>
    /// <exception cref="InputException">Slurm is not there, or refuses.</exception>
    public static async Task<long> SubmitAsync(string folder, string script, CancellationToken cancellation)
    {
        string answer = await RunAsync(folder, cancellation, "sbatch", "--parsable", script);
        string number = answer.Split(';')[0].Trim(); // a cluster's name may follow
        return long.TryParse(number, CultureInfo.InvariantCulture, out long job)
            ? job
            : throw new InputException(
                $"sbatch answered '{answer.Trim()}'; expected a job's number. Look with squeue whether it took the job."
            );
    }

    /// <summary>What squeue says of jobs, as <see cref="SlurmQueue"/> reads it; jobs that Slurm has forgotten are left out.</summary>
    /// <exception cref="InputException">Slurm is not there, or does not answer.</exception>
    public static async Task<string> QueueAsync(
        IEnumerable<SlurmSubmission> submissions,
        CancellationToken cancellation
    )
    {
        string all = await RunAsync(
            null,
            cancellation,
            "squeue",
            "--noheader",
            "--array",
            "--states=all",
            "--me",
            $"--format={SlurmQueue.Format}"
        );
        HashSet<string> jobs = [.. submissions.Select(one => one.Job.ToString(CultureInfo.InvariantCulture))];
        return string.Join('\n', all.Split('\n').Where(line => jobs.Contains(line.Split('|')[0].Trim())));
    }

    private static async Task<string> RunAsync(
        string? folder,
        CancellationToken cancellation,
        string program,
        params string[] arguments
    )
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        using Process process = Start(start);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            string errors = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InputException($"{program} failed: {Sentence(errors, process.ExitCode)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill();
            throw new InputException($"{program} did not answer for {Patience.TotalSeconds:F0} s.");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InputException(
                $"There is no {start.FileName} on the PATH. Do this on a machine of a cluster from which jobs are submitted, or use `kagome campaign run --all`."
            );
        }
    }

    private static string Sentence(string errors, int code)
    {
        string text = string.Join(
            ' ',
            errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        );
        return text.Length == 0 ? $"it ended with {code}."
            : text.EndsWith('.') ? text
            : $"{text}.";
    }
}
