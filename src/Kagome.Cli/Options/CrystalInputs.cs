using System.CommandLine;
using Kagome.Crystals.Structures;
using Kagome.Formats;
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

    /// <summary>The files, for commands that do not name theirs otherwise.</summary>
    public Argument<string[]> Files { get; } =
        Operand<string[]>(
            "FILE",
            "Files or folders of crystals, in any format that Kagome reads.",
            ArgumentArity.ZeroOrMore
        );

    public IEnumerable<Option> Options => [data, split];

    public CrystalInput Read(ParseResult parsed) => Read(parsed, parsed.GetValue(Files) ?? []);

    public CrystalInput Read(ParseResult parsed, IReadOnlyList<string> named) =>
        new(named, parsed.GetValue(data) ?? [], parsed.GetValue(split));
}

/// <summary>Crystals as they were asked for.</summary>
/// <param name="files">Every crystal must be readable.</param>
/// <param name="data">Unreadable entries are counted.</param>
/// <param name="split">Entries of other splits are left out; null for all.</param>
internal sealed class CrystalInput(IReadOnlyList<string> files, IReadOnlyList<string> data, string? split)
{
    private readonly CrystalReader fileReader = new(files) { IsStrict = true, Splits = split is null ? null : [split] };
    private readonly CrystalReader dataReader = new(data) { Splits = split is null ? null : [split] };

    public bool IsEmpty => files.Count + data.Count == 0;

    /// <summary>One at a time; data sets of any length take little memory.</summary>
    /// <exception cref="InputException">Nothing was given, or no crystal is left.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read.</exception>
    public IEnumerable<CrystalRecord> Read()
    {
        if (IsEmpty)
        {
            throw new InputException("There is no structure. Give files, such as NaCl.cif, or a data set with --data.");
        }

        foreach (CrystalRecord record in fileReader.Read().Concat(dataReader.Read()))
        {
            yield return record;
        }

        if (fileReader.Count + dataReader.Count == 0)
        {
            throw new InputException(
                $"{string.Join(", ", files.Concat(data))} holds no crystal to judge: {dataReader.UnreadableCount} entries cannot be read, {OtherSplitCount} are not of the {split} split."
            );
        }
    }

    /// <summary>Says what was left out.</summary>
    public void Report(TextWriter error)
    {
        if (dataReader.UnreadableCount > 0)
        {
            error.WriteLine($"{dataReader.UnreadableCount} entries left out, the first: {dataReader.FirstProblem}");
        }

        if (OtherSplitCount > 0)
        {
            error.WriteLine($"{OtherSplitCount} entries left out: not of the {split} split");
        }
    }

    private int OtherSplitCount => fileReader.OtherSplitCount + dataReader.OtherSplitCount;
}
