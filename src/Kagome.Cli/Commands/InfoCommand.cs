using System.CommandLine;
using Kagome.Cli.Views;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Kagome.Reports.Files;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome info: what files hold.</summary>
internal static class InfoCommand
{
    private const string Help = """
        Show what files hold: cells, densities, shortest distances, space groups; a summary of data sets.

        Example:
          kagome info NaCl.cif
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
        Command command = new("info", Help) { files, json, symprec };
        return command.SetWork(
            (parsed, cancellation) =>
                Run(
                    parsed.GetRequiredValue(files),
                    parsed.GetValue(json),
                    new SymmetryFinder(parsed.GetValue(symprec)),
                    CommandStreams.Of(parsed),
                    cancellation
                )
        );
    }

    /// <exception cref="InputException">A file holds nothing that can be read; the others are shown.</exception>
    private static int Run(
        string[] paths,
        bool printsJson,
        SymmetryFinder finder,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        List<FileDescription> files = [];
        foreach (string path in paths)
        {
            FileDescription file = FileDescription.Read(path, finder, cancellation);
            files.Add(file);
            foreach (string reason in file.Skipped ?? file.Summary?.SkippedReasons ?? [])
            {
                streams.Error.WriteLine($"skipped: {reason}");
            }

            if (!printsJson)
            {
                FileView.Write(file, streams.Output);
            }
        }

        if (printsJson)
        {
            streams.Output.WriteLine(JsonText.Format(files));
        }

        string[] unreadable = [.. files.Where(file => !file.IsReadable).Select(file => file.Path)];
        return unreadable.Length == 0
            ? ExitCode.Success
            : throw new InputException($"{string.Join(", ", unreadable)}: holds no structure that can be read.");
    }
}
