using System.CommandLine;
using Kagome.Cli.Views;
using Kagome.Training.Distributed;

namespace Kagome.Cli.Commands;

/// <summary>Runs a command's work in all processes that mpirun or srun has started, or in this one alone.</summary>
internal static class SharedWork
{
    /// <summary>What one process cannot read none can, most likely: the first says it, and the others have no time to say it again.</summary>
    private static readonly TimeSpan FirstSpeaks = TimeSpan.FromSeconds(3);

    /// <summary>Sets the work, which gives an <see cref="ExitCode"/> and takes the processes; null for this one alone.</summary>
    public static Command SetSharedWork(
        this Command command,
        Func<ParseResult, IProcessGroup?, CancellationToken, Task<int>> work
    ) =>
        command.SetWork(
            (parsed, cancellation) =>
                MpiStart.Find() is { } start
                    ? RunAsync(
                        start,
                        group => work(parsed, group, cancellation),
                        parsed.InvocationConfiguration.Error,
                        cancellation
                    )
                    : work(parsed, null, cancellation)
        );

    /// <summary>Where a process may speak: the first does, the others only of what makes them fail.</summary>
    public static TextWriter Voice(this IProcessGroup? group, TextWriter error) =>
        group is { Rank: > 0 } ? TextWriter.Null : error;

    private static async Task<int> RunAsync(
        MpiStart start,
        Func<IProcessGroup, Task<int>> work,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        using MpiProcessGroup group = MpiProcessGroup.Join(start.Reason, start.ProcessCount);
        try
        {
            return await work(group);
        }
        catch (Exception exception)
        {
            (string message, int exitCode) =
                exception is OperationCanceledException
                    ? ("stopped.", ExitCode.Interrupted) // in any process
                    : CommandAction.Explain(exception, cancellation);
            if (group.Rank > 0 && exitCode != ExitCode.Failure)
            {
                await Task.Delay(FirstSpeaks, CancellationToken.None);
            }

            await error.WriteLineAsync($"kagome: rank {group.Rank} of {group.Size}: {message}");
            await error.FlushAsync(CancellationToken.None);
            group.Abort(exitCode); // the others wait for this one
            return exitCode;
        }
    }
}
