using System.Text;

namespace Kagome.Formats.Ase;

/// <summary>JSON as Python writes it, which has words for numbers that JSON has not.</summary>
internal static class PythonJson
{
    private static readonly string[] Words = ["NaN", "-Infinity", "Infinity"];

    /// <summary>The same text with null for NaN, Infinity and -Infinity, texts within left as they are.</summary>
    public static string WithoutNaN(string json)
    {
        if (!Words.Any(word => json.Contains(word, StringComparison.Ordinal)))
        {
            return json;
        }

        StringBuilder plain = new(json.Length);
        bool isInText = false;
        for (int at = 0; at < json.Length; at++)
        {
            isInText ^= json[at] == '"';
            if (!isInText && Words.FirstOrDefault(word => json.AsSpan(at).StartsWith(word)) is { } word)
            {
                plain.Append("null");
                at += word.Length - 1;
                continue;
            }

            plain.Append(json[at]);
            if (isInText && json[at] == '\\' && at + 1 < json.Length)
            {
                plain.Append(json[++at]);
            }
        }

        return plain.ToString();
    }
}
