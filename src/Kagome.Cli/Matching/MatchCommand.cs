using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Matching;

/// <summary>kagome match: are these the same crystal?</summary>
internal static class MatchCommand
{
    private const string Help = """
        Say whether crystals are the same, as pymatgen's StructureMatcher does.

        Examples:
          kagome match a.cif b.cif
          kagome match predictions/NaCl/candidates.extxyz samples/textbook/NaCl.cif --tolerances default
          kagome match --pairs pairs.jsonl.gz --json > verdicts.jsonl

        A line of --pairs is {"a": CRYSTAL, "b": CRYSTAL}, and a crystal {"cell": [a, b, c, alpha, beta, gamma],
        "z": [11, 17], "frac": [[0, 0, 0], [0.5, 0.5, 0.5]]}. Each is compared with both sets of tolerances.
        """;

    private const double DefaultTimeLimitSeconds = 10;

    public static Command Create()
    {
        Argument<string?> candidates = new("A")
        {
            Description = "A file of one or more crystals.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string?> reference = new("B")
        {
            Description = "A file of one crystal, which each of A is compared with.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> pairs = new("--pairs") { Description = "A file of pairs, one a line, in place of A and B." };
        Option<string> tolerances = new("--tolerances")
        {
            Description = "csp (ltol 0.3, stol 0.5, angle_tol 10: what papers report) or default (0.2, 0.3, 5).",
            DefaultValueFactory = _ => "csp",
        };
        tolerances.AcceptOnlyFromAmong(MatchSettings.ToleranceNames);
        Option<double> timeLimit = new("--time-limit")
        {
            Description = "Seconds that a comparison may take; a longer one is reported as limit_exceeded.",
            DefaultValueFactory = _ => DefaultTimeLimitSeconds,
        };
        Option<bool> json = new("--json") { Description = "Print the verdicts as JSON on stdout." };
        Command command = new("match", Help) { candidates, reference, pairs, tolerances, timeLimit, json };
        command.SetWork(
            (parsed, cancellation) =>
            {
                MatchSettings settings = new()
                {
                    Tolerances = parsed.GetRequiredValue(tolerances),
                    TimeLimit = TimeLimit(parsed.GetValue(timeLimit)),
                    PrintsJson = parsed.GetValue(json),
                };
                CommandStreams streams = CommandStreams.Of(parsed);
                return Task.FromResult(
                    (parsed.GetValue(candidates), parsed.GetValue(reference), parsed.GetValue(pairs)) switch
                    {
                        (null, null, { } path) => MatchPairs.Run(path, settings, streams, cancellation),
                        ({ } path, { } other, null) => MatchFiles.Run(path, other, settings, streams, cancellation),
                        _ => throw new BadInputException(
                            "Give two files, such as `kagome match a.cif b.cif`, or a file of pairs with --pairs."
                        ),
                    }
                );
            }
        );
        return command;
    }

    private static TimeSpan TimeLimit(double seconds) =>
        seconds > 0 && seconds <= int.MaxValue / 1000
            ? TimeSpan.FromSeconds(seconds)
            : throw new BadInputException($"--time-limit is {seconds}; expected seconds above 0, such as 10.");
}
