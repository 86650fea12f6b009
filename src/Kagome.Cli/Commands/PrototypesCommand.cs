using System.CommandLine;
using System.Runtime.ExceptionServices;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Output;
using Kagome.Prototypes;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome prototypes: libraries of known structure types, and what they propose for a formula.</summary>
internal static class PrototypesCommand
{
    private const int DefaultMost = 10;

    public static Command Create() =>
        new("prototypes", "Known structure types: what a formula may be like, and libraries of your own crystals.")
        {
            CreateFind(),
            CreateBuild(),
        };

    private static Command CreateFind()
    {
        const string Help = """
            Show which known structure types a formula may have, how likely each is, and why.

            No network is asked but a small one that ranks. The formula is one formula unit, for cells of all sizes that are plausible, or a whole
            cell such as Na4Cl4, primitive or conventional.

            Examples:
              kagome prototypes find SrTiO3
              kagome prototypes find --from formulas.txt --top 1 --json
              kagome prototypes find LiFePO4 --library mine.prototypes
            """;
        Argument<string[]> formulas = Operand<string[]>(
            "FORMULA",
            "Formulas, such as SrTiO3.",
            ArgumentArity.ZeroOrMore
        );
        Option<string?> from = Text("--from", "A file with a formula a line; # begins a remark.");
        Option<int> top = PositiveNumber("--top", "How many to show of each formula.", DefaultMost);
        Option<int> largest = PositiveNumber("--max-atoms", "Most atoms of a cell, for formulas that name none.", 20);
        PrototypeChoice prototypes = new();
        Option<bool> json = Json("Print a line of JSON for each formula.");
        Command command = new Command("find", Help).With(formulas, from, top, largest, json).With(prototypes.All);
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                using KnownStructures known = KnownStructures.Load(prototypes.Read(parsed));
                (int most, int atoms, bool asJson) = (
                    parsed.GetValue(top),
                    parsed.GetValue(largest),
                    parsed.GetValue(json)
                );
                IReadOnlyList<FormulaList.Entry> entries = FormulaList.Read(
                    parsed.GetValue(formulas) ?? [],
                    parsed.GetValue(from)
                );
                Composition[] compositions = [.. entries.Select(entry => FormulaParser.Parse(entry.Formula))];
                IEnumerable<IReadOnlyList<Proposal>> found = compositions
                    .AsParallel()
                    .AsOrdered()
                    .WithCancellation(cancellation)
                    .Select((composition, at) => known.Find(composition, most, atoms, entries[at].Atoms));
                try
                {
                    foreach ((FormulaList.Entry entry, IReadOnlyList<Proposal> proposals) in entries.Zip(found))
                    {
                        ProposalTable.Print(streams, entry.Formula, proposals, asJson);
                    }
                }
                catch (AggregateException exception)
                {
                    cancellation.ThrowIfCancellationRequested();
                    ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
                }

                return ExitCode.Success;
            }
        );
    }

    private static Command CreateBuild()
    {
        const string Help = """
            Make a library of prototypes from crystals of your own, for `prototypes find`, `predict` and `evaluate`.

            Damaged entries, disorder, absurd cells and crystals that are there already are counted and left out. Entries of a val or test split are
            left out too.

            Example:
              kagome prototypes build --data crystals/ more.cif --out mine.prototypes
            """;
        Option<string[]> data = Paths(
            "--data",
            "Crystals: .jsonl(.gz), .csv with a cif column, .extxyz, CIF files, or folders of files.",
            isRequired: true
        );
        Option<string> output = RequiredText("--out", "The file to write, such as mine.prototypes.");
        Option<string?> name = Text("--name", "The library's name; that of its file by default.");
        Option<string> licence = Text(
            "--licence",
            "Licence and attribution of the crystals, kept in the library.",
            "not stated"
        );
        Option<int> largest = PositiveNumber("--max-atoms", "Most atoms of a cell.", 52);
        Option<bool> force = Force("Replace a library that is there.");
        Command command = new Command("build", Help).With(data, output, name, licence, largest, force);
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                string path = parsed.GetRequiredValue(output);
                RequireWritable(path, parsed.GetValue(force)); // not after an hour of reading
                PrototypeLibraryBuilder builder = new(
                    new PrototypeLibraryOptions
                    {
                        Name = parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(path),
                        License = parsed.GetRequiredValue(licence),
                        LargestAtomCount = parsed.GetValue(largest),
                    }
                );
                CrystalReader[] readers =
                [
                    .. parsed.GetRequiredValue(data).Select(file => new CrystalReader(file) { Splits = ["train"] }),
                ];
                PrototypeLibrary library;
                try
                {
                    using ConsoleProgress progress = new(streams.Error);
                    library = builder.Build(Crystals(readers, cancellation), progress, cancellation);
                }
                finally
                {
                    PrintUnread(streams, readers);
                }

                using (library)
                {
                    library.Write(path);
                    Print(streams, path, library.Description);
                }

                return ExitCode.Success;
            }
        );
    }

    /// <exception cref="InputException">The file is there, or its folder is not.</exception>
    private static void RequireWritable(string path, bool replaces)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (!Directory.Exists(folder))
        {
            throw new InputException($"--out is {path}: there is no folder {folder}. Make it first.", path);
        }

        if (File.Exists(path) && !replaces)
        {
            throw new InputException(
                $"--out is {path}, which is there. Replace it with --force, or choose another name.",
                path
            );
        }
    }

    private static IEnumerable<(string Source, CrystalRecord Crystal)> Crystals(
        IEnumerable<CrystalReader> readers,
        CancellationToken cancellation
    ) =>
        readers.SelectMany(reader =>
            reader.Read(cancellation).Select(crystal => (Path.GetFileName(reader.Paths[0]).Split('.')[0], crystal))
        );

    /// <summary>Says what never came as far as the library: also where nothing did.</summary>
    private static void PrintUnread(CommandStreams streams, IReadOnlyList<CrystalReader> readers)
    {
        int unreadable = readers.Sum(reader => reader.UnreadableCount);
        if (unreadable > 0)
        {
            string first = readers.Select(reader => reader.FirstProblem).First(problem => problem is not null)!;
            streams.Error.WriteLine($"left out: {unreadable} that cannot be read, the first: {first}");
        }

        int others = readers.Sum(reader => reader.OtherSplitCount);
        if (others > 0)
        {
            streams.Error.WriteLine($"left out: {others} of a split other than train");
        }
    }

    private static void Print(CommandStreams streams, string path, PrototypeLibraryDescription library)
    {
        foreach ((string reason, int count) in library.LeftOut)
        {
            streams.Error.WriteLine($"left out: {count} {reason}");
        }

        streams.Output.WriteLine(
            $"{path}: {library.CrystalCount} crystals of {library.TypeCount} structure types, {ByteCount.Format(new FileInfo(path).Length)}"
        );
    }
}
