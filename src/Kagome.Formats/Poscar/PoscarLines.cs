using Kagome.Crystals.Lattices;
using Kagome.Formats.Text;

namespace Kagome.Formats.Poscar;

/// <summary>The lines of a POSCAR, in which ! or # begins a remark, with or without a space.</summary>
internal sealed class PoscarLines(SourceText source)
{
    private static readonly char[] RemarkSigns = ['!', '#'];

    /// <summary>The text, for its name and its problems.</summary>
    public SourceText Source { get; } = source;

    /// <summary>The line without its remark.</summary>
    public static string WithoutRemark(string line)
    {
        int remark = line.IndexOfAny(RemarkSigns);
        return remark < 0 ? line : line[..remark];
    }

    /// <summary>The line with its remark.</summary>
    /// <param name="expected">What the line should hold.</param>
    public string NextRaw(string expected) =>
        Source.ReadLine() ?? throw Source.ProblemHere($"the file ends after this line; expected {expected}.");

    /// <summary>The line without its remark.</summary>
    public string Next(string expected) => WithoutRemark(NextRaw(expected));

    /// <summary>The words of a line that has some.</summary>
    public string[] NextWords(string expected)
    {
        string[] words = NumberText.Words(Next(expected));
        return words.Length > 0 ? words : throw Source.ProblemHere($"the line is empty; expected {expected}.");
    }

    /// <summary>Three numbers on a line of their own.</summary>
    public Cartesian NextThree(string expected) => Three(NextRaw(expected), expected);

    /// <summary>The three numbers with which the line that was read last begins.</summary>
    public Cartesian Three(string line, string expected) =>
        NumberText.TryParseThree(NumberText.Words(WithoutRemark(line)), 0, out Cartesian numbers)
            ? numbers
            : throw Source.ProblemHere($"the line is '{Shortened(line)}'; expected {expected}: three numbers.");

    /// <summary>The next line that is not blank, or null at the end.</summary>
    public string? NextWritten()
    {
        string? line = Source.ReadLine();
        while (line is not null && string.IsNullOrWhiteSpace(line))
        {
            line = Source.ReadLine();
        }

        return line;
    }

    public static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
