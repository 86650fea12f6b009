using System.CommandLine;
using System.CommandLine.Invocation;
using Kagome.Cli.Commands;
using Kagome.Cli.Views;
using Kagome.Diagnosis;

namespace Kagome.Cli;

/// <summary>The program behind its command line.</summary>
internal static class KagomeProgram
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error) =>
        RunAsync(CreateCommand(), args, output, error);

    /// <summary>Runs another command in the same way.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        RootCommand root,
        IReadOnlyList<string> args,
        TextWriter output,
        TextWriter error
    )
    {
        ParseResult parsed = root.Parse(args);
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

    public static RootCommand CreateCommand()
    {
        RootCommand root = new(
            "Crystal structure prediction: a formula in, ranked crystal structures out. Into a pipe or file, tables have tabs between their cells and a heading that begins with #; --json is for programs."
        )
        {
            PredictCommand.Create(),
            CampaignCommand.Create(),
            EvaluateCommand.Create(),
            EnergyCommand.Create(),
            RelaxCommand.Create(),
            PropertyCommand.Create(),
            PropertyCommand.CreateTc(),
            MatchCommand.Create(),
            TrainCommand.Create(),
            PretrainCommand.Create(),
            InfoCommand.Create(),
            ConvertCommand.Create(),
            ExportCommand.Create(),
            DrawCommand.Create(),
            DataCommand.Create(),
            PrototypesCommand.Create(),
            ModelsCommand.Create(),
            ServeCommand.Create(),
            DoctorCommand.Create(),
            CompletionsCommand.Create(),
            ManCommand.Create(),
        };
        ShortListHelp.Install(root);
        root.Options.OfType<VersionOption>().Single().Action = new VersionLine();
        return root;
    }

    private sealed class VersionLine : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Installation.Description);
            return ExitCode.Success;
        }
    }
}
