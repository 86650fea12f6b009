using System.CommandLine;
using Kagome.Checkpoints;
using Kagome.Core.Compositions;
using Kagome.Formats;
using Kagome.Training.Loops;
using Kagome.Training.Recipes;

namespace Kagome.Cli;

/// <summary>Runs a command's work and turns what goes wrong into one line on stderr and an exit code.</summary>
internal static class CommandAction
{
    private const string DebugVariable = "KAGOME_DEBUG";

    /// <summary>Sets a command's work.</summary>
    public static void SetWork(this Command command, Func<ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction(
            async (parsed, cancellation) =>
            {
                TextWriter error = parsed.InvocationConfiguration.Error;
                try
                {
                    return await work(parsed, cancellation);
                }
                catch (OperationCanceledException)
                {
                    await error.WriteLineAsync("kagome: stopped.");
                    return ExitCode.Interrupted;
                }
                catch (Exception exception) when (IsBadInput(exception))
                {
                    await error.WriteLineAsync($"kagome: {exception.Message}");
                    return ExitCode.BadInput;
                }
                catch (TrainingDivergedException exception)
                {
                    await error.WriteLineAsync($"kagome: {exception.Message}");
                    return ExitCode.Failure;
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

    private static bool IsBadInput(Exception exception) =>
        exception
            is BadInputException
                or StructureFormatException
                or CheckpointException
                or FormulaException
                or RecipeException
                or TrainingStateException
                or IOException
                or UnauthorizedAccessException;
}
