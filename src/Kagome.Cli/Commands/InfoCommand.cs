using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Kagome.Formats.Text;
using Kagome.Reports.Files;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome info: what files hold.</summary>
internal static class InfoCommand
{
    private const string Help = """
        Show what files hold: cells, densities, shortest distances, space groups; a summary of data sets.

        Examples:
          kagome info NaCl.cif
          kagome info relaxed.vasp --symmetry-ladder
        """;

    public static Command Create()
    {
        Argument<string[]> files = Operand<string[]>(
            "FILE",
            "Files or folders of structures, data sets, or models.",
            ArgumentArity.OneOrMore
        );
        Option<bool> json = Json("Print it as JSON.");
        Option<double> symprec = Symprec();
        Option<bool> ladder = Flag(
            "--symmetry-ladder",
            "Also show which space groups structures have at other tolerances, and how far that moves atoms."
        );
        SourceFormat from = new();
        Command command = new("info", Help) { files, from.Option, json, symprec, ladder };
        return command.SetWork(
            (parsed, cancellation) =>
                Run(
                    parsed.GetRequiredValue(files),
                    from.Read(parsed),
                    parsed.GetValue(json),
                    new SymmetryFinder(parsed.GetValue(symprec)),
                    parsed.GetValue(ladder),
                    CommandStreams.Of(parsed),
                    cancellation
                )
        );
    }

    /// <exception cref="InputException">A file holds nothing that can be read; the others are shown.</exception>
    private static int Run(
        string[] paths,
        IStructureFormat? format,
        bool printsJson,
        SymmetryFinder finder,
        bool climbs,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        List<FileDescription> files = [];
        foreach (string path in paths)
        {
            FileDescription file = Describe(path, paths.Length > 1, format, finder, printsJson, climbs, cancellation);
            files.Add(file);
            foreach (string reason in file.Skipped ?? file.Summary?.SkippedReasons ?? [])
            {
                streams.Error.WriteLine($"skipped: {reason}");
            }

            foreach (string remark in file.Structures?.SelectMany(structure => structure.Remarks) ?? [])
            {
                streams.Error.WriteLine($"remark: {remark}");
            }

            if (!printsJson)
            {
                FileView.Write(file, streams.Output);
            }
        }

        if (printsJson)
        {
            streams.Output.WriteLine(DocumentSchema.Info.Format(files));
        }

        string[] unreadable = [.. files.Where(file => !file.IsReadable).Select(file => file.Path)];
        return unreadable.Length == 0
            ? ExitCode.Success
            : throw new InputException($"{string.Join(", ", unreadable)}: holds no structure that can be read.");
    }

    /// <summary>What a file holds; one of several that cannot be opened does not hide the others.</summary>
    private static FileDescription Describe(
        string path,
        bool isOneOfSeveral,
        IStructureFormat? format,
        SymmetryFinder finder,
        bool listsAll,
        bool climbs,
        CancellationToken cancellation
    )
    {
        try
        {
            return FileDescription.Read(path, finder, format, listsAll, climbs, cancellation);
        }
        catch (KagomeException problem) when (isOneOfSeveral)
        {
            return new FileDescription(path, Structures: [], Skipped: [problem.Message]);
        }
    }
}
