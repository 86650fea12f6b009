using System.CommandLine;
using Kagome.Cli;
using Kagome.Cli.Matching;
using Kagome.Cli.Prediction;
using Kagome.Cli.Training;

RootCommand root = new("Kagome: crystal structure prediction. A formula in, ranked crystal structures out.")
{
    PredictCommand.Create(),
    MatchCommand.Create(),
    TrainCommand.Create(),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (string message in parsed.Errors.Select(error => error.Message))
    {
        Console.Error.WriteLine($"kagome: {message}");
    }

    Console.Error.WriteLine("Run with --help to see what is possible.");
    return ExitCode.BadInput;
}

return await parsed.InvokeAsync(
    new InvocationConfiguration
    {
        ProcessTerminationTimeout = TimeSpan.FromMinutes(2),
        EnableDefaultExceptionHandler = false,
    }
);
