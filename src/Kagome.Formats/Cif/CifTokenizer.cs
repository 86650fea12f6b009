using System.Text;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Splits a CIF into words.</summary>
/// <remarks>Source: CIF 1.1 syntax, International Tables G, section 2.2.7.</remarks>
internal sealed class CifTokenizer(SourceText source)
{
    private string? line;
    private int column;

    /// <summary>The next word, or null at the end of the file.</summary>
    public CifToken? Next()
    {
        while (true)
        {
            if (line is null || column >= line.Length)
            {
                line = source.ReadLine();
                column = 0;
                if (line is null)
                {
                    return null;
                }

                if (line.StartsWith(';'))
                {
                    return TextField();
                }
            }

            SkipWhiteSpace();
            if (column < line.Length)
            {
                return line[column] is '\'' or '"' ? QuotedValue(line) : Word(line);
            }
        }
    }

    private void SkipWhiteSpace()
    {
        while (column < line!.Length && char.IsWhiteSpace(line[column]))
        {
            column++;
        }

        if (column < line.Length && line[column] == '#')
        {
            column = line.Length;
        }
    }

    /// <summary>Text between two lines that begin with a semicolon.</summary>
    private CifToken TextField()
    {
        int firstLine = source.LineNumber;
        StringBuilder text = new(line![1..]);
        while (source.ReadLine() is { } next)
        {
            if (next.StartsWith(';'))
            {
                (line, column) = (next, 1);
                return new CifToken(CifTokenKind.Value, text.ToString(), firstLine, IsQuoted: true);
            }

            _ = text.Append('\n').Append(next);
            if (text.Length > FormatLimits.MaximumLineCharacters)
            {
                break;
            }
        }

        line = null;
        throw new StructureFormatException(
            source.Path,
            firstLine,
            "the text that begins with ';' here has no end; expected a later line that begins with ';'."
        );
    }

    private CifToken QuotedValue(string text)
    {
        char quote = text[column];
        int start = column + 1;
        // a quote ends the value only before white space: 'O'Neill' is one value
        for (int end = text.IndexOf(quote, start); end >= 0; end = text.IndexOf(quote, end + 1))
        {
            if (end + 1 == text.Length || char.IsWhiteSpace(text[end + 1]))
            {
                column = end + 1;
                return new CifToken(CifTokenKind.Value, text[start..end], source.LineNumber, IsQuoted: true);
            }
        }

        column = text.Length;
        throw source.ProblemHere($"the value that begins with {quote} has no end; expected {quote} on the same line.");
    }

    private CifToken Word(string text)
    {
        int start = column;
        while (column < text.Length && !char.IsWhiteSpace(text[column]))
        {
            column++;
        }

        string word = text[start..column];
        if (word[0] == '_')
        {
            return new CifToken(CifTokenKind.Name, word, source.LineNumber);
        }

        return Heading(word, "data_", CifTokenKind.DataHeading)
            ?? Heading(word, "save_", CifTokenKind.SaveHeading)
            ?? new CifToken(
                word.Equals("loop_", StringComparison.OrdinalIgnoreCase) ? CifTokenKind.Loop : CifTokenKind.Value,
                word,
                source.LineNumber
            );
    }

    private CifToken? Heading(string word, string prefix, CifTokenKind kind) =>
        word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            ? new CifToken(kind, word[prefix.Length..], source.LineNumber)
            : null;
}

/// <summary>A word of a CIF.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The word without quotes; headings without data_ or save_.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="IsQuoted">Whether it stood in quotes or semicolons, where ? and . have no special meaning.</param>
internal readonly record struct CifToken(CifTokenKind Kind, string Text, int Line, bool IsQuoted = false)
{
    /// <summary>Whether the value is ? (not known) or . (does not apply).</summary>
    public bool IsMissing => !IsQuoted && Text is "?" or ".";
}

/// <summary>The words of CIF.</summary>
internal enum CifTokenKind
{
    /// <summary>data_name: a crystal or another part of the file begins.</summary>
    DataHeading,

    /// <summary>save_name, or save_ alone at the end of the frame.</summary>
    SaveHeading,

    /// <summary>loop_: a table begins.</summary>
    Loop,

    /// <summary>_name of a value or column.</summary>
    Name,

    Value,
}
