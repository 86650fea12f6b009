using Kagome.Crystals.Elements;
using Kagome.Formats.Text;

namespace Kagome.Formats.Poscar;

/// <summary>What stands before the positions.</summary>
/// <param name="Title">The first line, without a remark.</param>
/// <param name="Scaling">The lattice.</param>
/// <param name="Elements">Of each atom; null where no line names them, as in files of VASP 4.</param>
/// <param name="Counts">How many atoms each group has.</param>
/// <param name="CountsLine">Where the counts end, from 1.</param>
/// <param name="Mode">The line that says what the positions are.</param>
internal sealed record PoscarHeader(
    string Title,
    PoscarScale Scaling,
    Element[]? Elements,
    IReadOnlyList<int> Counts,
    int CountsLine,
    string Mode
)
{
    public int AtomCount => Counts.Sum();

    /// <param name="lines">Behind the title.</param>
    /// <param name="title">The first line.</param>
    /// <exception cref="StructureFormatException">A line is not what it should be.</exception>
    public static PoscarHeader Read(PoscarLines lines, string title)
    {
        string[] scale = lines.NextWords("a scale factor");
        PoscarScale scaling = PoscarScale.Read(
            lines.Source,
            scale,
            lines.NextThree("a lattice vector"),
            lines.NextThree("a lattice vector"),
            lines.NextThree("a lattice vector")
        );
        string[] words = lines.NextWords("element symbols");
        List<string> symbols = [];
        List<Element> groups = [];
        while (!IsCount(words[0])) // VASP wraps lines of more than twenty symbols
        {
            groups.AddRange(words.Select(word => PoscarElements.Read(word, lines.Source)));
            symbols.AddRange(words);
            words = lines.NextWords("how many atoms of each element there are");
        }

        (int[] counts, int countsLine, string mode) = ReadCounts(lines, words, groups.Count);
        Element[]? elements =
            groups.Count == 0
                ? null
                : [.. groups.Zip(counts).SelectMany(group => Enumerable.Repeat(group.First, group.Second))];
        return new PoscarHeader(PoscarLines.WithoutRemark(title), scaling, elements, counts, countsLine, mode);
    }

    /// <summary>Reads the counts, which may take several lines, and the line behind them.</summary>
    private static (int[] Counts, int Line, string Mode) ReadCounts(PoscarLines lines, string[] words, int groupCount)
    {
        List<int> counts = [];
        string written = "";
        int line;
        string mode;
        do
        {
            written = $"{written} {string.Join(' ', words)}".TrimStart();
            counts.AddRange(words.TakeWhile(IsCount).Select(Count));
            line = lines.Source.LineNumber;
            CheckCounts(lines.Source, counts, groupCount, written, isComplete: false);
            mode = lines.Next("Direct or Cartesian");
            words = NumberText.Words(mode);
        } while ((groupCount == 0 || counts.Count < groupCount) && words.Length > 0 && words.All(IsCount));

        CheckCounts(lines.Source, counts, groupCount, written, isComplete: true);
        return ([.. counts], line, ReadMode(lines, mode));
    }

    private static void CheckCounts(
        SourceText source,
        List<int> counts,
        int groupCount,
        string written,
        bool isComplete
    )
    {
        long total = counts.Sum(count => (long)count);
        bool isWrong =
            total > FormatLimits.MaximumAtoms
            || (isComplete && (total == 0 || (groupCount > 0 && counts.Count != groupCount)));
        if (isWrong)
        {
            string each = groupCount > 0 ? $"{groupCount} numbers of atoms, one an element" : "numbers of atoms";
            throw source.ProblemHere(
                $"the line is '{PoscarLines.Shortened(written)}'; expected {each}, 1 to {FormatLimits.MaximumAtoms} in all."
            );
        }
    }

    /// <summary>The first letter counts; a number there is a position whose Direct or Cartesian is missing.</summary>
    private static string ReadMode(PoscarLines lines, string line)
    {
        string mode = line.TrimStart();
        if (mode.StartsWith("s", StringComparison.OrdinalIgnoreCase)) // Selective dynamics
        {
            mode = lines.Next("Direct or Cartesian").TrimStart();
        }

        return mode.Length > 0 && char.IsAsciiLetter(mode[0])
            ? mode
            : throw lines.Source.ProblemHere(
                $"the line is '{PoscarLines.Shortened(mode)}'; expected Direct or Cartesian before the positions."
            );
    }

    private static bool IsCount(string word) => NumberText.TryParseCount(word, out _);

    private static int Count(string word) => NumberText.TryParseCount(word, out int count) ? count : 0;
}
