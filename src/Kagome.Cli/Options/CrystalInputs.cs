using System.CommandLine;
using Kagome.Cli.Views;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Formats.Text;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>The crystals that a command is given: files where each counts, or data sets with damaged entries and splits.</summary>
/// <param name="dataDescription">What --data is for.</param>
internal sealed class CrystalInputs(
    string dataDescription = "Data sets, whose damaged entries are counted and left out."
)
{
    private readonly Option<string[]> data = Paths("--data", dataDescription);
    private readonly Option<string?> split = Text("--split", "Only entries of this split, and those that name none.");

    private readonly SourceFormat from = new();

    /// <summary>The files, for commands that do not name theirs otherwise.</summary>
    public Argument<string[]> Files { get; } =
        Operand<string[]>(
            "FILE",
            "Files or folders of crystals, in any format that Kagome reads.",
            ArgumentArity.ZeroOrMore
        );

    public IEnumerable<Option> Options => [from.Option, data, split];

    public CrystalInput Read(ParseResult parsed) => Read(parsed, parsed.GetValue(Files) ?? []);

    public CrystalInput Read(ParseResult parsed, IReadOnlyList<string> named) =>
        new(named, parsed.GetValue(data) ?? [], parsed.GetValue(split), from.Read(parsed));
}

/// <summary>Crystals as they were asked for.</summary>
/// <param name="files">A crystal that cannot be read is said, and the program fails at its end; the others are answered.</param>
/// <param name="data">Unreadable entries are counted.</param>
/// <param name="split">Entries of other splits are left out; null for all.</param>
/// <param name="format">How all are written; null, as their names tell.</param>
internal sealed class CrystalInput(
    IReadOnlyList<string> files,
    IReadOnlyList<string> data,
    string? split,
    IStructureFormat? format
)
{
    private readonly List<StructureFormatException> problems = [];
    private readonly ReaderRemarks remarks = new();

    private CrystalReader? dataReader;
    private CrystalReader? fileReader;

    public bool IsEmpty => files.Count + data.Count == 0;

    /// <summary>One at a time; data sets of any length take little memory.</summary>
    /// <exception cref="InputException">Nothing was given, or no crystal is left.</exception>
    /// <exception cref="StructureFormatException">A data set cannot be opened, or the only file cannot be read.</exception>
    public IEnumerable<CrystalRecord> Read()
    {
        if (IsEmpty)
        {
            throw new InputException("There is no structure. Give files, such as NaCl.cif, or a data set with --data.");
        }

        fileReader = new CrystalReader(files)
        {
            Format = format,
            GoesOnWithoutFiles = true,
            OnUnreadable = problems.Add,
            OnRemark = remarks.Add,
            Splits = split is null ? null : [split],
        };
        dataReader = new CrystalReader(data)
        {
            Format = format,
            OnRemark = remarks.Add,
            Splits = split is null ? null : [split],
        };
        IEnumerable<CrystalRecord> ofData = dataReader.Read();
        foreach (CrystalRecord record in fileReader.Read().Concat(ofData))
        {
            yield return record;
        }

        if (fileReader.Count + dataReader.Count == 0)
        {
            throw problems.Count > 0
                ? problems[0]
                : new InputException(
                    $"{string.Join(", ", files.Concat(data))} holds no crystal: {dataReader.UnreadableCount} entries cannot be read{(split is null ? "" : $", {OtherSplitCount} are not of the {split} split")}."
                );
        }
    }

    /// <summary>Says what readers had to decide, and what was left out.</summary>
    public void Report(TextWriter error)
    {
        remarks.Write(error);
        foreach (StructureFormatException problem in problems)
        {
            error.WriteLine($"skipped: {problem.Message}");
        }

        if (dataReader is { UnreadableCount: > 0 })
        {
            error.WriteLine($"{dataReader.UnreadableCount} entries left out, the first: {dataReader.FirstProblem}");
        }

        if (OtherSplitCount > 0)
        {
            error.WriteLine($"{OtherSplitCount} entries left out: not of the {split} split");
        }
    }

    /// <summary>Whether all files could be read.</summary>
    public bool IsComplete => problems.Count == 0;

    private int OtherSplitCount => (fileReader?.OtherSplitCount ?? 0) + (dataReader?.OtherSplitCount ?? 0);
}
