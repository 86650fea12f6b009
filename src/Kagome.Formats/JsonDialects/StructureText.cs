using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonDialects;

/// <summary>A crystal that a table or document holds as a text: a CIF, or JSON.</summary>
internal static class StructureText
{
    /// <param name="text">The text.</param>
    /// <param name="path">The file that holds it.</param>
    /// <exception cref="FormatException">It is neither, or the crystal cannot be used.</exception>
    public static Structure Read(string text, string path)
    {
        if (text.AsSpan().TrimStart().StartsWith("{"))
        {
            return ReadJson(text, path);
        }

        using StringReader reader = new(text);
        try
        {
            DataSetEntry first = CifReader.Read(reader, path).First();
            return first.IsRecord ? first.Record.Structure : throw first.Problem;
        }
        catch (StructureFormatException problem)
        {
            string place = problem.Line is { } line ? $"line {line} of the CIF: " : "";
            throw new FormatException($"{place}{problem.Problem}", problem);
        }
    }

    private static Structure ReadJson(string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return JsonDialect.Read(document.RootElement, path).Structure;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the text is no JSON: {exception.Message}", exception);
        }
    }
}
