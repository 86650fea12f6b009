using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Symmetry;
using Kagome.DataSets;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome convert: structures from one format to another.</summary>
internal static class ConvertCommand
{
    private const string Help = """
        Convert structures from one file format to another.

        Examples:
          kagome convert NaCl.cif NaCl.vasp
          kagome convert mp20.jsonl.gz structures/ --to poscar
          kagome convert relaxed.vasp standard.cif --cell conventional
          kagome convert structures/ crystals.db          for ase db
          kagome convert set.jsonl set.optimade.jsonl     for OPTIMADE
          kagome convert set.jsonl set.zip                a CIF for each structure
        """;

    public static Command Create()
    {
        Argument<string> source = Operand<string>("IN", "A file or folder of structures.");
        Argument<string> target = Operand<string>(
            "OUT",
            "The file to write; a folder, a name that ends in /, or an archive (.zip, .tar.gz) takes a file for each structure."
        );
        SourceFormat from = new();
        Option<string?> to = Choice(
            "--to",
            "Format of OUT, where its name does not tell; needed for a folder. Default in archives: cif.",
            SourceFormat.Names
        );
        Option<bool> force = Force();
        Option<CellChoice?> cell = Value<CellChoice?>(
            "--cell",
            "Write another cell: primitive or conventional (standard ones of the space group, exactly symmetric) or niggli."
        );
        Option<bool> symmetrise = Flag(
            "--symmetrise",
            "Write CIF files by asymmetric unit and symmetry operations, exactly symmetric."
        );
        Option<double> symprec = Symprec();
        Command command = new("convert", Help) { source, target, from.Option, to, force, cell, symmetrise, symprec };
        return command.SetWork(
            (parsed, cancellation) =>
            {
                StructureConversion conversion = new()
                {
                    To = SourceFormat.Find(parsed.GetValue(to)),
                    Cell = parsed.GetValue(cell),
                    IsSymmetrised = parsed.GetValue(symmetrise),
                    Symprec = parsed.GetValue(symprec),
                    Replaces = parsed.GetValue(force),
                };
                string path = parsed.GetRequiredValue(target);
                bool isFolder = StructureConversion.IsFolder(path);
                TextWriter error = parsed.InvocationConfiguration.Error;
                using ConsoleProgress progress = new(error);
                CrystalReader reader = new(parsed.GetRequiredValue(source))
                {
                    Format = from.Read(parsed),
                    OnUnreadable = problem => progress.Keep($"skipped: {problem.Message}"),
                    OnRemark = remark => progress.Keep($"remark: {remark}"),
                };
                int count = conversion.Write(reader, path, progress, cancellation);
                if (isFolder)
                {
                    progress.Keep($"{path}: {count} files");
                }

                return ExitCode.Success;
            }
        );
    }
}
