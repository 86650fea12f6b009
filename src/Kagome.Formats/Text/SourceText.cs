using System.Text;

namespace Kagome.Formats.Text;

/// <summary>The text of an untrusted file: counts lines, and refuses binary data, endless lines and endless text.</summary>
internal sealed class SourceText(TextReader inner, string path, long maximumCharacters = long.MaxValue) : TextReader
{
    private readonly char[] buffer = new char[8 * 1024];
    private readonly StringBuilder longLine = new();
    private int position;
    private int length;
    private long charactersRead;
    private bool hasFailed;

    /// <summary>What the text is called in messages.</summary>
    public string Path { get; } = path;

    /// <summary>The line that <see cref="ReadLine"/> returned last, counted from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>The path without folders and endings: what an unnamed crystal of this file is called.</summary>
    public string Stem => SourceFile.Stem(Path);

    /// <summary>A problem on the line that was read last.</summary>
    public StructureFormatException ProblemHere(string problem, string? context = null) =>
        new(Path, LineNumber, problem, context);

    /// <summary>A problem of the file as a whole.</summary>
    public StructureFormatException ProblemInFile(string problem) => new(Path, line: null, problem);

    /// <summary>The next line without its end, or null after the last.</summary>
    public override string? ReadLine()
    {
        longLine.Clear();
        if (position == length && !Fill())
        {
            return null;
        }

        LineNumber++;
        do
        {
            ReadOnlySpan<char> rest = buffer.AsSpan(position, length - position);
            int end = rest.IndexOfAny('\n', '\r');
            if (end >= 0)
            {
                string line = longLine.Length == 0 ? rest[..end].ToString() : longLine.Append(rest[..end]).ToString();
                position += end + 1;
                SkipLineFeedAfter(rest[end]);
                return line;
            }

            AppendToLine(rest);
        } while (Fill());

        return longLine.ToString();
    }

    public override int Peek() => position < length || Fill() ? buffer[position] : -1;

    public override int Read() => position < length || Fill() ? buffer[position++] : -1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (position == length && !Fill())
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, length - position);
        this.buffer.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    private void AppendToLine(ReadOnlySpan<char> part)
    {
        position = length;
        longLine.Append(part);
        if (longLine.Length > FormatLimits.MaximumLineCharacters)
        {
            throw ProblemHere(
                $"the line is longer than {FormatLimits.MaximumLineCharacters} characters; expected a text file of crystals."
            );
        }
    }

    private void SkipLineFeedAfter(char lineEnd)
    {
        if (lineEnd == '\r' && Peek() == '\n')
        {
            position++;
        }
    }

    /// <summary>Reads on; what failed once is at its end, so that readers which go on after a problem come to one.</summary>
    private bool Fill()
    {
        position = 0;
        length = 0;
        if (hasFailed)
        {
            return false;
        }

        hasFailed = true;
        int read = ReadInner();
        CheckText(read);
        hasFailed = false;
        length = read;
        return length > 0;
    }

    private void CheckText(int length)
    {
        charactersRead += length;
        if (buffer.AsSpan(0, length).Contains('\0'))
        {
            throw ProblemInFile("holds a NUL character, so it is binary; expected a text file.");
        }

        if (charactersRead > maximumCharacters)
        {
            throw ProblemInFile(
                $"holds more than {maximumCharacters} characters; split it into smaller files, or use JSON lines for large data sets."
            );
        }
    }

    private int ReadInner()
    {
        try
        {
            return inner.Read(buffer, 0, buffer.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StructureFormatException(
                Path,
                line: null,
                $"cannot be read to its end: {exception.Message} A compressed file may be incomplete; fetch it again.",
                innerException: exception
            );
        }
    }
}
