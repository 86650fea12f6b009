using System.CommandLine;
using Kagome.DataSets;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <content>Energies above hull.</content>
internal sealed partial class DataCommand
{
    private const string HullHelp = """
        Add the energy above hull (label e_hull) to crystals that have a formation energy (label e_form), both in eV/atom.

        The hull is that of all these crystals, those of --phases, and the elements at 0. Where a competing phase is missing, energies above it are too
        low; formation energies of different corrections do not go together. A label e_hull that is there already stays.

        Example:
          kagome data hull mine.jsonl.gz --phases mp20-train.jsonl.gz --out labelled.jsonl.gz
        """;

    private Command Hull()
    {
        Option<string> output = RequiredText("--out", "The data set to write, such as labelled.jsonl.gz.");
        Option<string[]> phases = Paths("--phases", "Data sets of other phases that are known, with label e_form.");
        Command command = new("hull", HullHelp) { files, from.Option, output, phases, force, json };
        return command.SetWork(
            (parsed, cancellation) =>
            {
                string[] paths = parsed.GetRequiredValue(files);
                CrystalReader own = new(paths) { Format = from.Read(parsed) }; // what it has to say, the second reading says
                CrystalReader others = Open(parsed, parsed.GetValue(phases) ?? []);
                CrystalReader source = Open(parsed, paths);
                string path = Target(parsed, parsed.GetRequiredValue(output));
                HullCounts counts = Work(
                    parsed,
                    [source, others],
                    progress =>
                        HullLabels
                            .Of(own, others.Read(cancellation), progress, cancellation)
                            .Write(source, path, progress, cancellation)
                );
                return Print(
                    parsed,
                    DocumentSchema.Hull,
                    counts,
                    text =>
                    {
                        text.WriteLine($"{path}: {counts.Crystals} crystals");
                        text.WriteLine($"  {counts.Labelled} got an energy above hull, {counts.OnHull} of them 0");
                        text.WriteLine($"  {counts.HadLabel} had one already");
                        text.WriteLine($"  {counts.WithoutEnergy} have no formation energy");
                    }
                );
            }
        );
    }
}
