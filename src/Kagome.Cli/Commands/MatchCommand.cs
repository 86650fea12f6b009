using System.CommandLine;
using System.Diagnostics;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.DataSets;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

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

    private static readonly Dictionary<string, MatcherOptions> Tolerances = new(StringComparer.Ordinal)
    {
        ["csp"] = MatcherOptions.Csp,
        ["default"] = MatcherOptions.Default,
    };

    public static Command Create()
    {
        Argument<string?> candidates = Operand<string?>(
            "A",
            "A file of one or more crystals.",
            ArgumentArity.ZeroOrOne
        );
        Argument<string?> reference = Operand<string?>(
            "B",
            "A file of one crystal, which each of A is compared with.",
            ArgumentArity.ZeroOrOne
        );
        Option<string?> pairs = Text("--pairs", "A file of pairs, one a line, in place of A and B.");
        Option<string> tolerances = Choice(
            "--tolerances",
            "csp (ltol 0.3, stol 0.5, angle_tol 10: what papers report) or default (0.2, 0.3, 5).",
            Tolerances.Keys,
            "csp"
        );
        Option<double> timeLimit = Value(
            "--time-limit",
            "Seconds that a comparison may take; a longer one is reported as limit_exceeded.",
            DefaultTimeLimitSeconds
        );
        SourceFormat from = new();
        Option<bool> json = Json("Print the verdicts as JSON on stdout.");
        Command command = new("match", Help) { candidates, reference, pairs, from.Option, tolerances, timeLimit, json };
        return command.SetWork(
            (parsed, cancellation) =>
            {
                TimeSpan limit = TimeLimit(parsed.GetValue(timeLimit));
                CommandStreams streams = CommandStreams.Of(parsed);
                return (parsed.GetValue(candidates), parsed.GetValue(reference), parsed.GetValue(pairs)) switch
                {
                    (null, null, { } path) => MatchPairs(path, limit, parsed.GetValue(json), streams, cancellation),
                    ({ } path, { } other, null) => MatchFiles(
                        new CrystalInput([path], [], split: null, from.Read(parsed)),
                        StructureFile.ReadSingle(other, from.Read(parsed)),
                        parsed.GetRequiredValue(tolerances),
                        limit,
                        parsed.GetValue(json),
                        streams,
                        cancellation
                    ),
                    _ => throw new InputException(
                        "Give two files, such as `kagome match a.cif b.cif`, or a file of pairs with --pairs."
                    ),
                };
            }
        );
    }

    private static TimeSpan TimeLimit(double seconds) =>
        seconds > 0 && seconds <= int.MaxValue / 1000
            ? TimeSpan.FromSeconds(seconds)
            : throw new InputException($"--time-limit is {seconds}; expected seconds above 0, such as 10.");

    /// <summary>Compares each crystal of a file with one of another.</summary>
    private static int MatchFiles(
        CrystalInput input,
        CrystalRecord reference,
        string tolerances,
        TimeSpan limit,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        StructureMatcher matcher = new(Tolerances[tolerances] with { TimeLimit = limit });
        CrystalRecord[] candidates = [.. input.Read()];
        input.Report(streams.Error);
        foreach (string remark in reference.Remarks)
        {
            streams.Error.WriteLine($"remark: {remark}");
        }

        int exitCode = input.IsComplete ? ExitCode.Success : ExitCode.BadInput;
        IEnumerable<MatchResult> results = matcher.CompareEach(
            candidates.Select(candidate => candidate.Structure),
            reference.Structure,
            cancellation
        );
        FileVerdict[] verdicts =
        [
            .. candidates.Zip(results).Select(pair => FileVerdict.Of(pair.First, reference, pair.Second, cancellation)),
        ];
        if (printsJson)
        {
            streams.Output.WriteLine(DocumentSchema.Match.Format(verdicts));
            return exitCode;
        }

        foreach ((FileVerdict verdict, CrystalRecord candidate) in verdicts.Zip(candidates))
        {
            streams.Output.WriteLine(verdict.Text(candidate.Structure));
            if (verdicts.Length == 1 && verdict.Lies is { } mapping)
            {
                foreach (string line in mapping.Describe(candidate.Structure, reference.Structure))
                {
                    streams.Output.WriteLine($"  {line}");
                }
            }
        }

        streams.Output.WriteLine(
            $"{verdicts.Count(verdict => verdict.Matches)} of {verdicts.Length} match {reference.Id} ({tolerances} tolerances)"
        );
        return exitCode;
    }

    /// <summary>Compares the pairs of a file: a line of results for each line, in its order.</summary>
    /// <exception cref="InputException">No line holds a pair.</exception>
    private static int MatchPairs(
        string path,
        TimeSpan limit,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        PairMatcher matcher = new(Tolerances.ToDictionary(set => set.Key, set => set.Value with { TimeLimit = limit }));
        Stopwatch clock = Stopwatch.StartNew();
        PairSummary summary = new([.. Tolerances.Keys]);
        using ProgressLine progress = new(streams.Error, TimeSpan.FromSeconds(15));
        foreach (PairVerdict verdict in matcher.Compare(path, cancellation))
        {
            streams.Output.WriteLine(printsJson ? DocumentSchema.MatchPair.Line(verdict) : PairSummary.Text(verdict));
            summary.Add(verdict);
            progress.Show(() => $"{summary.Pairs} pairs, {summary.Pairs / clock.Elapsed.TotalSeconds:F0} a second");
        }

        streams.Output.Flush();
        summary.Write(streams.Error, clock.Elapsed);
        return summary.Pairs > summary.Errors
            ? ExitCode.Success
            : throw new InputException(
                $"{path}: no line holds a pair of crystals; `kagome match --help` shows the form."
            );
    }
}
