using System.Text;

namespace Kagome.Formats.ExtXyz;

/// <summary>The key=value pairs of a frame's second line.</summary>
internal static class ExtXyzHeader
{
    /// <summary>Reads the pairs; values may stand in double quotes, single quotes, brackets (also nested) or braces, a key alone means T.</summary>
    public static Dictionary<string, string> Parse(string line)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        int position = 0;
        while (SkipWhiteSpace(line, ref position))
        {
            string key = ReadPart(line, ref position);
            pairs[key] = TrySkipEquals(line, ref position) ? ReadPart(line, ref position) : "T";
        }

        return pairs;
    }

    /// <summary>The value of a key, whose case does not matter where no key is spelt exactly so: GPUMD writes lattice.</summary>
    public static string? Find(Dictionary<string, string> pairs, string key) =>
        pairs.TryGetValue(key, out string? value)
            ? value
            : pairs.FirstOrDefault(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The numbers or words of a value, whether blanks, commas or brackets part them: <c>[[4, 0, 0], [0, 4, 0]]</c>.</summary>
    public static string[] Items(string value) =>
        value.Split([' ', '\t', ',', '[', ']', '{', '}', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

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

    /// <summary>Skips a = with the blanks around it.</summary>
    private static bool TrySkipEquals(string line, ref int position)
    {
        int sign = position;
        while (sign < line.Length && char.IsWhiteSpace(line[sign]))
        {
            sign++;
        }

        if (sign == line.Length || line[sign] != '=')
        {
            return false;
        }

        position = sign + 1;
        while (position < line.Length && char.IsWhiteSpace(line[position]))
        {
            position++;
        }

        return true;
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
        char opening = line[position];
        int depth = 1;
        for (position++; position < line.Length; position++)
        {
            char letter = line[position];
            depth +=
                letter == closing ? -1
                : letter == opening ? 1
                : 0;
            if (depth == 0)
            {
                break;
            }

            if (letter == '\\' && position + 1 < line.Length)
            {
                position++;
            }

            _ = text.Append(line[position]);
        }

        position = Math.Min(position + 1, line.Length);
        return text.ToString();
    }
}
