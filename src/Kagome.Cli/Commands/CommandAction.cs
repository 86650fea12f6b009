using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Training;

namespace Kagome.Cli.Commands;

/// <summary>Runs a command's work and turns what goes wrong into one line on stderr and an exit code.</summary>
internal static class CommandAction
{
    private const string DebugVariable = "KAGOME_DEBUG";

    /// <summary>Sets a command's work, which gives an <see cref="ExitCode"/>.</summary>
    public static Command SetWork(this Command command, Func<ParseResult, CancellationToken, int> work) =>
        command.SetWork((parsed, cancellation) => Task.FromResult(work(parsed, cancellation)));

    /// <summary>Sets a command's work that waits for others.</summary>
    public static Command SetWork(this Command command, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction(
            async (parsed, cancellation) =>
            {
                TextWriter error = parsed.InvocationConfiguration.Error;
                try
                {
                    return await work(parsed, cancellation);
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    await error.WriteLineAsync("kagome: stopped.");
                    return ExitCode.Interrupted;
                }
                catch (TrainingDivergedException exception)
                {
                    await error.WriteLineAsync($"kagome: {exception.Message}");
                    return ExitCode.Failure;
                }
                catch (KagomeException exception)
                {
                    await error.WriteLineAsync($"kagome: {OptionNames.Reword(exception)}");
                    return ExitCode.BadInput;
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    await error.WriteLineAsync($"kagome: {exception.Message}");
                    return ExitCode.BadInput;
                }
                catch (Exception exception)
                {
                    bool showsAll = Environment.GetEnvironmentVariable(DebugVariable) == "1";
                    string details = showsAll
                        ? exception.ToString()
                        : $"{exception.GetType().Name}: {exception.Message}";
                    await error.WriteLineAsync(
                        $"kagome: an error that should not happen: {details}{Environment.NewLine}"
                            + $"Please report it with the output of `kagome doctor`; {DebugVariable}=1 shows where it arose."
                    );
                    return ExitCode.Failure;
                }
            }
        );
        return command;
    }
}
