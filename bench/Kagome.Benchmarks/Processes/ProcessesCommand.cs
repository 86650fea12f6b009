using System.CommandLine;
using Kagome.Benchmarks.Measuring;
using Kagome.Cli.Commands;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Benchmarks.Processes;

/// <summary>mpi: what training in several processes costs and brings on this machine.</summary>
internal static class ProcessesCommand
{
    private const string Help = """
        Compare training by one process with two threads, by two processes of Open MPI with one thread each, and by one process that gives
        freed memory back to the system, in turn; time the sum of a gradient over two processes; and compute what many machines would reach.

        Needs mpirun of Open MPI (apt-get install openmpi-bin). docs/scaling.md says what the figures mean.

        Example:
          dotnet run -c Release --project bench/Kagome.Benchmarks -- mpi --recipe laptop
        """;

    public static RootCommand CreateRoot()
    {
        Option<string> recipe = Text("--recipe", "Whose training is measured.", "laptop");
        Option<int> steps = PositiveNumber("--steps", "Steps of a measurement.", 12);
        Option<int> repetitions = PositiveNumber("--repetitions", "Rounds of measurements.", 5);
        Option<bool> json = Json("Print the figures as JSON on stdout.");
        Option<string?> worker = new(ProcessesWorker.Option) { Hidden = true };
        Command command = new Command("mpi", Help).With(recipe, steps, repetitions, json, worker);
        command.SetWork(
            (parsed, cancellation) =>
            {
                if (parsed.GetValue(worker) is { } request)
                {
                    ProcessesWorker.Answer(JsonText.Parse<ProcessesRequest>(request));
                    return Task.FromResult(ExitCode.Success);
                }

                CommandStreams streams = CommandStreams.Of(parsed);
                ProcessesReport report = Measure(
                    parsed.GetRequiredValue(recipe),
                    parsed.GetValue(steps),
                    parsed.GetValue(repetitions),
                    streams.Error,
                    cancellation
                );
                if (parsed.GetValue(json))
                {
                    streams.Output.WriteLine(JsonText.Format(report));
                }
                else
                {
                    report.Write(streams.Output);
                }

                return Task.FromResult(ExitCode.Success);
            }
        );
        return new RootCommand { command };
    }

    private static ProcessesReport Measure(
        string recipe,
        int steps,
        int repetitions,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        List<(ProcessesAnswer One, ProcessesAnswer Two, ProcessesAnswer Unkept)> pairs = [];
        for (int pair = 0; pair < repetitions; pair++)
        {
            error.WriteLine($"training: round {pair + 1} of {repetitions}");
            ProcessesRequest request = new(recipe, steps);
            ProcessesAnswer two = ProcessesWorker.Ask(request, processes: 2, cancellation);
            ProcessesAnswer one = ProcessesWorker.Ask(request, processes: 1, cancellation);
            ProcessesRequest givingBack = request with { GivesMemoryBack = true };
            pairs.Add((one, two, ProcessesWorker.Ask(givingBack, processes: 1, cancellation)));
        }

        error.WriteLine("sums over processes");
        ProcessesAnswer sums = ProcessesWorker.Ask(
            new ProcessesRequest(recipe, Steps: 0) { SumLengths = [1, 1_000_000, 5_000_000, 25_000_000] },
            processes: 2,
            cancellation
        );
        return new ProcessesReport(
            recipe,
            pairs[0].One.WeightCount,
            SpeedRatio.Of([.. pairs.Select(pair => (pair.Two.CrystalsPerSecond, pair.One.CrystalsPerSecond))]),
            SpeedRatio.Of([.. pairs.Select(pair => (pair.One.CrystalsPerSecond, pair.Unkept.CrystalsPerSecond))]),
            PairedTimes.Median(pairs.Select(pair => pair.One.CrystalsPerSecond)),
            PairedTimes.Median(pairs.Select(pair => pair.Two.CrystalsPerSecond)),
            PairedTimes.Median(pairs.Select(pair => pair.Unkept.CrystalsPerSecond)),
            pairs.Min(pair => pair.Two.StepSeconds),
            sums.Sums
        );
    }
}
