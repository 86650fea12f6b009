using System.CommandLine;
using Kagome.Cli.Benchmarks;
using Kagome.Cli.Data;
using Kagome.Cli.Diagnosis;
using Kagome.Cli.Energies;
using Kagome.Cli.Evaluation;
using Kagome.Cli.Files;
using Kagome.Cli.Matching;
using Kagome.Cli.Models;
using Kagome.Cli.Prediction;
using Kagome.Cli.Pretraining;
using Kagome.Cli.Properties;
using Kagome.Cli.Relaxation;
using Kagome.Cli.Training;

namespace Kagome.Cli;

/// <summary>The program behind its command line.</summary>
internal static class KagomeProgram
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = CreateCommand().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(problem => problem.Message))
            {
                await error.WriteLineAsync($"kagome: {OnOneLine(message)}");
            }

            await error.WriteLineAsync("Run with --help to see what is possible.");
            return ExitCode.BadInput;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                ProcessTerminationTimeout = TimeSpan.FromMinutes(2),
                EnableDefaultExceptionHandler = false,
            }
        );
    }

    private static string OnOneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static RootCommand CreateCommand()
    {
        RootCommand root = new("Kagome: crystal structure prediction. A formula in, ranked crystal structures out.")
        {
            PredictCommand.Create(),
            EvaluateCommand.Create(),
            EnergyCommand.Create(),
            RelaxCommand.Create(),
            PropertyCommand.Create(),
            TcCommand.Create(),
            MatchCommand.Create(),
            TrainCommand.Create(),
            PretrainCommand.Create(),
            InfoCommand.Create(),
            ConvertCommand.Create(),
            DrawCommand.Create(),
            DataCommand.Create(),
            ModelsCommand.Create(),
            BenchCommand.Create(),
            DoctorCommand.Create(),
        };
        ShortListHelp.Install(root);
        return root;
    }
}
