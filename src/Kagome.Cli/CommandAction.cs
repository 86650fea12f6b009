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
    /// <summary>Sets a command's work.</summary>
    public static void SetWork(this Command command, Func<ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction(
            async (parsed, cancellation) =>
            {
                try
                {
                    return await work(parsed, cancellation);
                }
                catch (OperationCanceledException)
                {
                    Console.Error.WriteLine("kagome: stopped.");
                    return ExitCode.Interrupted;
                }
                catch (Exception exception) when (IsBadInput(exception))
                {
                    Console.Error.WriteLine($"kagome: {exception.Message}");
                    return ExitCode.BadInput;
                }
                catch (TrainingDivergedException exception)
                {
                    Console.Error.WriteLine($"kagome: {exception.Message}");
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
