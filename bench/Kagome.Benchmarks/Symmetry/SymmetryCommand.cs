using System.CommandLine;
using System.Globalization;
using Kagome.Cli.Commands;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Benchmarks.Symmetry;

/// <summary>symmetry: the space groups of a data set by our search and by spglib.</summary>
internal static class SymmetryCommand
{
    private const int WarmUp = 200;

    private const string Help = """
        Compare the space groups and Wyckoff letters of a data set with those that spglib finds, and the time that each takes on one core.

        Each disagreement is a line: what each found, by how many tolerances ours moved atoms at most to make its group exact, and what spglib finds
        after that. Needs libsymspg on this machine.

        Example:
          dotnet run -c Release --project bench/Kagome.Benchmarks -- symmetry mp20-train.jsonl.gz --symprec 1e-5,1e-2
        """;

    public static RootCommand CreateRoot()
    {
        Argument<string> file = new("FILE") { Description = "The crystals." };
        Option<string> symprec = Text("--symprec", "Tolerances in Å, with commas.", "1e-5,1e-2");
        Option<int> limit = PositiveNumber("--limit", "So many crystals, the first of the data.", int.MaxValue);
        Command command = new Command("symmetry", Help) { file }.With(symprec, limit);
        command.SetWork(
            (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                CrystalRecord[] crystals =
                [
                    .. new CrystalReader(parsed.GetRequiredValue(file)).Read(cancellation).Take(parsed.GetValue(limit)),
                ];
                foreach (string tolerance in parsed.GetRequiredValue(symprec).Split(','))
                {
                    Run(crystals, double.Parse(tolerance, CultureInfo.InvariantCulture), streams.Output, cancellation);
                }

                return Task.FromResult(ExitCode.Success);
            }
        );
        return new RootCommand { command };
    }

    private static void Run(CrystalRecord[] crystals, double symprec, TextWriter output, CancellationToken cancellation)
    {
        SymmetryComparison warmUp = new(symprec);
        foreach (CrystalRecord crystal in crystals.Take(WarmUp))
        {
            _ = warmUp.Compare(crystal);
        }

        SymmetryComparison comparison = new(symprec);
        foreach (CrystalRecord crystal in crystals)
        {
            cancellation.ThrowIfCancellationRequested();
            if (comparison.Compare(crystal) is { } line)
            {
                output.WriteLine(line);
            }
        }

        int compared = comparison.Crystals - comparison.Unanswered;
        TextTable table = new($"symprec {symprec} Å", "");
        table.Add("crystals", $"{comparison.Crystals}, {comparison.Unanswered} not compared");
        table.Add("same space group", Share(comparison.SameGroup, compared));
        table.Add(
            "else ours is within symprec, as spglib confirms",
            $"{comparison.OursConfirmed} of {compared - comparison.SameGroup}"
        );
        table.Add("of the same group the same images", Share(comparison.SameImages, comparison.SameGroup));
        table.Add("of the same group the same letters", Share(comparison.SameLetters, comparison.SameGroup));
        table.Add("the same from spglib's origin", Share(comparison.SameLettersInTheirCell, comparison.SameGroup));
        table.Add("crystals a second", $"{comparison.PerSecond:F0}, slowest {comparison.SlowestMilliseconds:F0} ms");
        table.Add($"spglib {SpglibInstallation.Current.Version}", $"{comparison.TheirsPerSecond:F0}");
        table.Write(output);
    }

    private static string Share(int part, int whole) => $"{part} of {whole} ({(double)part / whole:P3})";
}
