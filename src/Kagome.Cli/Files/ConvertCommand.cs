using System.CommandLine;
using Kagome.Formats;

namespace Kagome.Cli.Files;

/// <summary>kagome convert: structures from one format to another.</summary>
internal static class ConvertCommand
{
    private const string Help =
        "Convert structures from one file format to another.\n\n"
        + "Examples:\n  kagome convert NaCl.cif NaCl.vasp\n  kagome convert mp20.jsonl.gz structures/ --to poscar"
        + "\n  kagome convert relaxed.vasp standard.cif --cell conventional";

    public static Command Create()
    {
        Argument<string> source = new("IN") { Description = "A file or folder of structures." };
        Argument<string> target = new("OUT")
        {
            Description = "The file to write; a folder, or a name that ends in /, takes a file for each structure.",
        };
        Option<string?> from = FormatOption("--from", "Format of IN, where its name does not tell.");
        Option<string?> to = FormatOption("--to", "Format of OUT, where its name does not tell; needed for a folder.");
        Option<bool> force = new("--force") { Description = "Replace files that exist." };
        Option<CellChoice?> cell = new("--cell")
        {
            Description =
                "Write another cell: primitive or conventional (standard ones of the space group, exactly symmetric) or niggli.",
        };
        Option<bool> symmetrise = new("--symmetrise")
        {
            Description = "Write CIF files by asymmetric unit and symmetry operations, exactly symmetric.",
        };
        Option<double> symprec = SymprecOption.Create();
        Command command = new("convert", Help) { source, target, from, to, force, cell, symmetrise, symprec };
        command.SetWork(
            (parsed, cancellation) =>
            {
                ConvertSettings settings = new(
                    parsed.GetRequiredValue(source),
                    parsed.GetRequiredValue(target),
                    Format(parsed.GetValue(from)),
                    Format(parsed.GetValue(to)),
                    parsed.GetValue(force)
                )
                {
                    Cell = parsed.GetValue(cell),
                    Symmetrises = parsed.GetValue(symmetrise),
                    Symprec = SymprecOption.Checked(parsed.GetValue(symprec)),
                };
                return Task.FromResult(Conversion.Run(settings, parsed.InvocationConfiguration.Error, cancellation));
            }
        );
        return command;
    }

    private static Option<string?> FormatOption(string name, string description)
    {
        Option<string?> option = new(name) { Description = description };
        option.AcceptOnlyFromAmong([.. StructureFormats.All.Select(format => format.Name)]);
        return option;
    }

    private static IStructureFormat? Format(string? name) => name is null ? null : StructureFormats.ByName(name);
}
