using System.CommandLine;
using Kagome.Benchmarks.Attention;
using Kagome.Cli.Commands;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;

namespace Kagome.Benchmarks;

/// <summary>kagome bench: how fast this machine is at what Kagome does, each against a plain twin.</summary>
internal sealed class BenchCommand
{
    private const string Help = """
        Measure speed and memory on this computer, each against a plain twin in the same process.

        Examples:
          kagome bench attention --quick
          kagome bench sampling --json

        Product and twin run in turn, so that other work on the machine slows both; ratios are medians over the pairs.
        docs/performance.md says what the figures mean.
        """;

    private readonly Argument<string[]> names = CreateNames();
    private readonly Option<bool> json = new("--json") { Description = "Print the figures as JSON on stdout." };
    private readonly Option<bool> quick = new("--quick") { Description = "Less exact: under a minute each." };
    private readonly Option<int?> repetitions = Declare.PositiveNumber(
        "--repetitions",
        "Pairs of timings. Default: 5 or 9, with --quick 3."
    );
    private readonly Option<long?> seed = new("--seed") { Description = "Of crystals and weights. Default: 1." };
    private readonly Option<string?> model = new("--model")
    {
        Description =
            "A model's name or file for attention and sampling, in the place of the paper's network and of kagome-g.",
    };
    private readonly Option<string?> recipe = new("--recipe")
    {
        Description = "Whose training is measured. Default: kagome-g.",
    };
    private readonly Option<string?> worker = new(MemoryWorker.Option) { Hidden = true };

    private BenchCommand() { }

    public static RootCommand CreateRoot() =>
        new("How fast this machine is at what Kagome does.") { new BenchCommand().CreateCommand() };

    private Command CreateCommand()
    {
        Command command = new("bench", Help) { names, json, quick, repetitions, seed, model, recipe, worker };
        command.SetWork(
            (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                if (parsed.GetValue(worker) is not { } request)
                {
                    return Task.FromResult(Bench.Run(Settings(parsed), streams, cancellation));
                }

                streams.Output.WriteLine(JsonText.Format(MemoryWorker.Answer(JsonText.Parse<MemoryRequest>(request))));
                return Task.FromResult(ExitCode.Success);
            }
        );
        return command;
    }

    private BenchSettings Settings(ParseResult parsed)
    {
        BenchSettings settings = new(parsed.GetValue(names) ?? [], parsed.GetValue(json));
        settings = parsed.GetValue(quick) ? settings.Quick() : settings;
        settings = parsed.GetValue(repetitions) is { } count ? settings.WithRepetitions(count) : settings;
        settings = parsed.GetValue(seed) is { } value ? settings.WithSeed(value) : settings;
        settings = parsed.GetValue(model) is { } name ? settings.WithModel(name) : settings;
        return parsed.GetValue(recipe) is { } file
            ? settings with
            {
                Training = settings.Training with { Recipe = file },
            }
            : settings;
    }

    private static Argument<string[]> CreateNames()
    {
        Argument<string[]> argument = new("NAME")
        {
            Description =
                "attention (the network), sampling, sharing (of a predictor by many callers), training, matching, formats or campaign (planning, status and merging of many formulas); all where none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        argument.AcceptOnlyFromAmong([.. Bench.Names]);
        return argument;
    }
}
