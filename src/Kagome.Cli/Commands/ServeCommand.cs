using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Web;
using Kagome.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome serve: the web page.</summary>
internal static class ServeCommand
{
    public const string TokenVariable = "KAGOME_TOKEN";

    private const int TokenLength = 24;

    private const string Help = """
        Serve a web page: type a formula, look at crystals.

        Examples:
          kagome serve --open
          kagome serve --port 8080 --data ~/kagome-web
          KAGOME_TOKEN=… kagome serve --host 0.0.0.0

        Jobs and their results are kept in the data folder; one that was running when the server ended goes on when it is started again.
        Programs find an interface at /api, described by /openapi/v1.json. docs/web.md says how to serve a group.
        """;

    public static Command Create()
    {
        WebOptions standard = new() { DataFolder = "kagome-web" };
        WebLimits allowed = standard.Limits;
        Option<int> port = Value("--port", "The port to listen on; 0 for any that is free.", standard.Port);
        Option<string> host = Text(
            "--host",
            $"The address to listen on. Others than this machine's own need a token, which is made and printed where {TokenVariable} does not give it.",
            standard.Host
        );
        Option<string> data = Text("--data", "The folder that jobs are kept in.", standard.DataFolder);
        Option<bool> open = Flag("--open", "Open the page in a browser.");
        Option<int> workers = PositiveNumber(
            "--workers",
            "Jobs that are worked on at once; each takes all cores.",
            standard.Workers
        );
        Option<int> samples = PositiveNumber("--max-samples", "Most samples of a job.", allowed.Samples);
        Option<int> atoms = PositiveNumber("--max-atoms", "Most atoms of a cell.", allowed.Atoms);
        Option<int> letters = PositiveNumber(
            "--max-formula-length",
            "Most letters of a formula.",
            allowed.FormulaLength
        );
        Option<int> bytes = PositiveNumber("--max-file-bytes", "Largest file to look at.", allowed.FileBytes);
        Option<int> structures = PositiveNumber(
            "--max-structures",
            "Structures of a file that are shown.",
            allowed.StructuresShown
        );
        Option<int> waiting = PositiveNumber("--max-waiting", "Jobs that may wait.", allowed.WaitingJobs);
        ModelChoice models = ModelChoice.OfGenerator("The predictor (DAO-P) that energies come from; none for none.");
        PrototypeChoice prototypes = new();
        Command command = new Command("serve", Help)
            .With(port, host, data, open, workers, models.Generator, models.Predictor, models.Device)
            .With(prototypes.All)
            .With(samples, atoms, letters, bytes, structures, waiting);
        return command.SetWork(
            async (parsed, cancellation) =>
            {
                WebOptions options = new()
                {
                    Port = parsed.GetValue(port),
                    Host = parsed.GetRequiredValue(host),
                    DataFolder = parsed.GetRequiredValue(data),
                    Workers = parsed.GetValue(workers),
                    Limits = new WebLimits
                    {
                        Samples = parsed.GetValue(samples),
                        Atoms = parsed.GetValue(atoms),
                        FormulaLength = parsed.GetValue(letters),
                        FileBytes = parsed.GetValue(bytes),
                        StructuresShown = parsed.GetValue(structures),
                        WaitingJobs = parsed.GetValue(waiting),
                    },
                };
                string? token =
                    Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } given ? given
                    : options.IsLoopback ? null
                    : RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
                using CrystalPredictor predictor = CrystalPredictor.Load(
                    models.Read(parsed) with
                    {
                        Prototypes = prototypes.ReadNamed(parsed),
                    }
                );
                await RunAsync(
                    options with
                    {
                        Token = token,
                    },
                    predictor,
                    parsed.GetValue(open),
                    CommandStreams.Of(parsed),
                    cancellation
                );
                return ExitCode.Success;
            }
        );
    }

    private static async Task RunAsync(
        WebOptions options,
        CrystalPredictor predictor,
        bool opens,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        await using WebApplication server = KagomeServer.Create(options, predictor);
        await BeginAsync(server, options, cancellation);
        string address = server
            .Urls.First()
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("[::]", "localhost", StringComparison.Ordinal);
        string page = options.Token is null ? address : $"{address}/?token={options.Token}";
        await streams.Output.WriteLineAsync($"Kagome is at {page}");
        await streams.Error.WriteLineAsync(
            $"Jobs are kept in {Path.GetFullPath(options.DataFolder)}. Ctrl+C ends the server."
        );
        if (opens)
        {
            Open(page, streams.Error);
        }

        await server.WaitForShutdownAsync(cancellation);
    }

    private static async Task BeginAsync(WebApplication server, WebOptions options, CancellationToken cancellation)
    {
        try
        {
            await server.StartAsync(cancellation);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new InputException(
                $"{nameof(WebOptions.Port)} is {options.Port}, which another program listens on; choose another, or 0 for any that is free.",
                options.Port,
                nameof(WebOptions.Port)
            );
        }
    }

    private static void Open(string page, TextWriter error)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(page) { UseShellExecute = true });
        }
        catch (Exception exception)
            when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            error.WriteLine($"No browser could be opened ({exception.Message}); open the page yourself.");
        }
    }
}
