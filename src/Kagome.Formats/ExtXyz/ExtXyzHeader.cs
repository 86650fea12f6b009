using System.Text;

namespace Kagome.Formats.ExtXyz;

/// <summary>The key=value pairs of a frame's second line.</summary>
internal static class ExtXyzHeader
{
    /// <summary>Reads the pairs; values may stand in double quotes, single quotes, brackets or braces, a key alone means T.</summary>
    public static Dictionary<string, string> Parse(string line)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        int position = 0;
        while (SkipWhiteSpace(line, ref position))
        {
            string key = ReadPart(line, ref position);
            string value = "T";
            if (position < line.Length && line[position] == '=')
            {
                position++;
                value = ReadPart(line, ref position);
            }

            pairs[key] = value;
        }

        return pairs;
    }

    /// <summary>The key or value as it has to be written: in quotes where it holds anything but letters, digits and . _ + -.</summary>
    public static string Quote(string text)
    {
        bool isPlain =
            text.Length > 0
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '+' or '-');
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .ReplaceLineEndings(" ");
        return isPlain ? text : $"\"{escaped}\"";
    }

    private static bool SkipWhiteSpace(string line, ref int position)
    {
        while (position < line.Length && (char.IsWhiteSpace(line[position]) || line[position] == ','))
        {
            position++;
        }

        return position < line.Length;
    }

    private static string ReadPart(string line, ref int position)
    {
        if (position < line.Length && ClosingOf(line[position]) is { } closing)
        {
            return ReadEnclosed(line, closing, ref position);
        }

        int start = position;
        while (position < line.Length && !char.IsWhiteSpace(line[position]) && line[position] != '=')
        {
            position++;
        }

        if (position == start && position < line.Length)
        {
            position++; // a stray = stands for itself, so that reading always goes forward
        }

        return line[start..position];
    }

    private static char? ClosingOf(char opening) =>
        opening switch
        {
            '"' or '\'' => opening,
            '[' => ']',
            '{' => '}',
            _ => null,
        };

    private static string ReadEnclosed(string line, char closing, ref int position)
    {
        StringBuilder text = new();
        for (position++; position < line.Length && line[position] != closing; position++)
        {
            if (line[position] == '\\' && position + 1 < line.Length)
            {
                position++;
            }

            _ = text.Append(line[position]);
        }

        position = Math.Min(position + 1, line.Length);
        return text.ToString();
    }
}
