using System.CommandLine;

namespace Kagome.Cli.Matching;

/// <summary>kagome match: are these the same crystal?</summary>
internal static class MatchCommand
{
    private const string Help = """
        Say whether crystals are the same, as pymatgen's StructureMatcher does.

        Examples:
          kagome match a.cif b.cif
          kagome match predictions/NaCl/candidates.extxyz samples/textbook/NaCl.cif --tolerances default
        """;

    public static Command Create()
    {
        Argument<string> candidates = new("A") { Description = "A file of one or more crystals." };
        Argument<string> reference = new("B")
        {
            Description = "A file of one crystal, which each of A is compared with.",
        };
        Option<string> tolerances = new("--tolerances")
        {
            Description = "csp (ltol 0.3, stol 0.5, angle_tol 10: what papers report) or default (0.2, 0.3, 5).",
            DefaultValueFactory = _ => "csp",
        };
        tolerances.AcceptOnlyFromAmong("csp", "default");
        Option<bool> json = new("--json") { Description = "Print the verdicts as JSON on stdout." };
        Command command = new("match", Help) { candidates, reference, tolerances, json };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    MatchFiles.Run(
                        parsed.GetRequiredValue(candidates),
                        parsed.GetRequiredValue(reference),
                        parsed.GetRequiredValue(tolerances),
                        parsed.GetValue(json),
                        parsed.InvocationConfiguration.Output,
                        cancellation
                    )
                )
        );
        return command;
    }
}
