using System.Text;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Splits a CIF into words.</summary>
/// <remarks>
/// Source: CIF 1.1 syntax, International Tables G, section 2.2.7; of CIF 2.0 (H. J. Bernstein et al., J. Appl. Cryst. 49 (2016) 277) the quotes
/// of three and, in files that begin with <c>#\#CIF_2.0</c>, lists and tables, each of which is one word.
/// </remarks>
internal sealed class CifTokenizer(SourceText source)
{
    private string? line;
    private int column;
    private bool isVersion2;

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

                isVersion2 |= source.LineNumber == 1 && line.StartsWith("#\\#CIF_2.0", StringComparison.Ordinal);
                if (line.StartsWith(';'))
                {
                    return TextField();
                }
            }

            SkipWhiteSpace();
            if (column < line.Length)
            {
                return line[column] switch
                {
                    '\'' or '"' when IsTripleQuote(line) => LongText(line.Substring(column, 3)),
                    '\'' or '"' => QuotedValue(line),
                    '[' or '{' when isVersion2 => List(),
                    _ => Word(line),
                };
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
        return new CifToken(CifTokenKind.Value, text[(start - 1)..], source.LineNumber, IsQuoted: true, IsBroken: true);
    }

    /// <summary>Whether three quotes stand here that more than an empty text in quotes can follow.</summary>
    private bool IsTripleQuote(string text) =>
        column + 3 <= text.Length && text[column + 1] == text[column] && text[column + 2] == text[column];

    /// <summary>Text between quotes of three, over any number of lines.</summary>
    private CifToken LongText(string quotes)
    {
        int firstLine = source.LineNumber;
        StringBuilder text = new();
        column += quotes.Length;
        while (text.Length <= FormatLimits.MaximumLineCharacters)
        {
            int end = line!.IndexOf(quotes, column, StringComparison.Ordinal);
            if (end >= 0)
            {
                _ = text.Append(line, column, end - column);
                column = end + quotes.Length;
                return new CifToken(CifTokenKind.Value, text.ToString(), firstLine, IsQuoted: true);
            }

            _ = text.Append(line, column, line.Length - column).Append('\n');
            if (!NextLine())
            {
                break;
            }
        }

        throw NoEnd(firstLine, "text", quotes);
    }

    /// <summary>A list in [ ] or a table in { }, over any number of lines, as one word that nobody looks into.</summary>
    private CifToken List()
    {
        int firstLine = source.LineNumber;
        int start = column;
        string text = line![start..];
        long length = 0;
        int depth = 0;
        while (length <= FormatLimits.MaximumLineCharacters)
        {
            for (; column < line.Length; column++)
            {
                char letter = line[column];
                depth += letter is '[' or '{' ? 1 : (letter is ']' or '}' ? -1 : 0);
                column = letter is '\'' or '"' ? EndOfQuote(line, letter) : column;
                if (depth == 0)
                {
                    column++;
                    string whole = firstLine == source.LineNumber ? line[start..column] : text;
                    return new CifToken(CifTokenKind.Value, whole, firstLine, IsQuoted: true);
                }
            }

            length += line.Length + 1;
            if (!NextLine())
            {
                break;
            }
        }

        throw NoEnd(firstLine, "list", "a bracket");
    }

    private int EndOfQuote(string text, char quote)
    {
        int end = text.IndexOf(quote, column + 1);
        return end < 0 ? text.Length - 1 : end;
    }

    private bool NextLine()
    {
        string? next = source.ReadLine();
        column = 0;
        line = next ?? "";
        return next is not null;
    }

    private StructureFormatException NoEnd(int firstLine, string what, string end)
    {
        line = null;
        return new StructureFormatException(
            source.Path,
            firstLine,
            $"the {what} that begins here has no end; expected {end} on a later line."
        );
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
                word.Equals("loop_", StringComparison.OrdinalIgnoreCase) ? CifTokenKind.Loop
                    : word.Equals("stop_", StringComparison.OrdinalIgnoreCase) ? CifTokenKind.Stop
                    : CifTokenKind.Value,
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
/// <param name="IsBroken">Whether it begins with a quote and has no other on its line.</param>
internal readonly record struct CifToken(
    CifTokenKind Kind,
    string Text,
    int Line,
    bool IsQuoted = false,
    bool IsBroken = false
)
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

    /// <summary>stop_: a table ends, in STAR files.</summary>
    Stop,

    /// <summary>_name of a value or column.</summary>
    Name,

    Value,
}
