using System.CommandLine;
using Kagome.Cli.Views;
using Kagome.DataSets;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <content>Crystals that are the same, in one data set or in two.</content>
internal sealed partial class DataCommand
{
    private const string DedupeHelp = """
        Keep the first of each set of crystals that are the same, and none that occurs in other data sets.

        Crystals are the same where their reduced formulas are, their fingerprints are alike, and the matcher says so with pymatgen's default
        tolerances (ltol 0.2, stol 0.3, angle_tol 5): other cells, origins, orientations and sizes make no difference. The order stays. Temporary files
        of about 50 bytes an atom lie beside the output meanwhile.

        Example:
          kagome data dedupe all.jsonl.gz --against mp20-val.jsonl.gz mp20-test.jsonl.gz --out unique.jsonl.gz --report duplicates.jsonl
        """;

    private const string OverlapHelp = """
        Count the formulas that two data sets share, and the crystals of each that the matcher finds in the other.

        Temporary files of about 50 bytes an atom lie in the system's temporary folder meanwhile.

        Example:
          kagome data overlap train.jsonl.gz test.jsonl.gz
        """;

    private Command Dedupe()
    {
        Option<string> output = RequiredText("--out", "The data set to write, such as unique.jsonl.gz.");
        Option<string[]> against = Paths(
            "--against",
            "Data sets whose crystals must not occur, such as those of benchmarks."
        );
        Option<string?> report = Text(
            "--report",
            "File for a JSON line a crystal that is left out: its id and that of the one that it is the same as."
        );
        Command command = new("dedupe", DedupeHelp) { files, from.Option, output, against, report, force, json };
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CrystalReader source = Open(parsed, parsed.GetRequiredValue(files));
                CrystalReader? reference = parsed.GetValue(against) is { Length: > 0 } paths
                    ? Open(parsed, paths)
                    : null;
                string path = Target(parsed, parsed.GetRequiredValue(output));
                string? reportPath = parsed.GetValue(report) is { } name ? Target(parsed, name) : null;
                DuplicateCounts counts = Work(
                    parsed,
                    reference is null ? [source] : [source, reference],
                    progress => new DuplicateSearch().Write(source, path, reference, reportPath, progress, cancellation)
                );
                return Print(
                    parsed,
                    DocumentSchema.Dedupe,
                    counts,
                    text =>
                    {
                        text.WriteLine($"{path}: {counts.Kept} of {counts.Crystals} crystals");
                        text.WriteLine($"  {counts.Duplicates} left out: the same as one before");
                        if (reference is not null)
                        {
                            text.WriteLine($"  {counts.InReference} left out: in {string.Join(", ", reference.Paths)}");
                        }
                    }
                );
            }
        );
    }

    private Command Overlap()
    {
        Argument<string> first = Operand<string>("FIRST", "A data set.");
        Argument<string> second = Operand<string>("SECOND", "Another one.");
        Command command = new("overlap", OverlapHelp) { first, second, from.Option, json };
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CrystalReader one = Open(parsed, parsed.GetRequiredValue(first));
                CrystalReader other = Open(parsed, parsed.GetRequiredValue(second));
                SharedCrystals shared = Work(
                    parsed,
                    [one, other],
                    progress => new DuplicateSearch().Overlap(one, other, progress, cancellation)
                );
                return Print(
                    parsed,
                    DocumentSchema.Overlap,
                    shared,
                    text =>
                    {
                        TextTable table = new("", "crystals", "in the other", "formulas", "in the other")
                        {
                            IsRightAligned = true,
                        };
                        foreach (
                            (CrystalReader set, SharedCounts counts) in new[]
                            {
                                (one, shared.First),
                                (other, shared.Second),
                            }
                        )
                        {
                            table.Add(
                                set.Paths[0],
                                $"{counts.Crystals}",
                                $"{counts.SharedCrystals}",
                                $"{counts.Formulas}",
                                $"{shared.SharedFormulas}"
                            );
                        }

                        table.Write(text);
                    }
                );
            }
        );
    }
}
