using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Training;

namespace Kagome.Cli.Commands;

/// <summary>Runs a command's work and turns what goes wrong into one line on stderr and an exit code.</summary>
internal static class CommandAction
{
    /// <summary>1 shows where an error arose.</summary>
    public const string DebugVariable = "KAGOME_DEBUG";

    /// <summary>Sets a command's work, which gives an <see cref="ExitCode"/>.</summary>
    public static Command SetWork(this Command command, Func<ParseResult, CancellationToken, int> work) =>
        command.SetWork((parsed, cancellation) => Task.FromResult(work(parsed, cancellation)));

    /// <summary>Sets a command's work that waits for others.</summary>
    public static Command SetWork(this Command command, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction(
            async (parsed, cancellation) =>
            {
                try
                {
                    return await work(parsed, cancellation);
                }
                catch (Exception exception)
                {
                    (string message, int exitCode) = Explain(exception, cancellation);
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"kagome: {message}");
                    return exitCode;
                }
            }
        );
        return command;
    }

    /// <summary>What to say of something that went wrong, and to the shell.</summary>
    public static (string Message, int ExitCode) Explain(Exception exception, CancellationToken cancellation)
    {
        bool showsAll = Environment.GetEnvironmentVariable(DebugVariable) == "1";
        return exception switch
        {
            OperationCanceledException when cancellation.IsCancellationRequested => ("stopped.", ExitCode.Interrupted),
            TrainingDivergedException => (exception.Message, ExitCode.Failure),
            KagomeException ours => (OptionNames.Reword(ours), ExitCode.BadInput),
            IOException or UnauthorizedAccessException => (exception.Message, ExitCode.BadInput),
            _ => (
                $"an error that should not happen: {(showsAll ? exception : $"{exception.GetType().Name}: {exception.Message}")}{Environment.NewLine}"
                    + $"Please report it with the output of `kagome doctor`; {DebugVariable}=1 shows where it arose.",
                ExitCode.Failure
            ),
        };
    }
}
