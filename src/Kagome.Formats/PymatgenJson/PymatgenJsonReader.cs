using System.Text.Json;
using Kagome.Formats.JsonDialects;
using Kagome.Formats.Text;

namespace Kagome.Formats.PymatgenJson;

/// <summary>Reads a document of structures as a whole.</summary>
internal static class PymatgenJsonReader
{
    /// <summary>The most characters of a file, enough for a few hundred thousand atoms: a parsed document takes several times its text.</summary>
    private const int MaximumCharacters = 128 * 1024 * 1024;

    public static IEnumerable<DataSetEntry> Read(TextReader reader, string path)
    {
        SourceText source = new(reader, path, MaximumCharacters);
        using JsonDocument document = Parse(source);
        JsonElement root = document.RootElement;
        if (JsonContainer.IsSingle(root))
        {
            yield return Read(source, new JsonEntry(root), source.Stem, context: null);
            yield break;
        }

        foreach ((int index, JsonEntry entry) in JsonContainer.Entries(root).Index())
        {
            string context = $"structure {index + 1}{(entry.Name is { } name ? $" ({name})" : "")}";
            yield return Read(source, entry, entry.Name ?? $"{source.Stem}-{index + 1}", context);
        }
    }

    private static JsonDocument Parse(SourceText source)
    {
        string text = source.ReadToEnd();
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            return ParseLines(text)
                ?? throw new StructureFormatException(
                    source.Path,
                    exception.LineNumber is { } line ? (int)line + 1 : null,
                    $"is no JSON: {exception.Message}",
                    innerException: exception
                );
        }
    }

    /// <summary>Objects on a line each, which pandas and others also call .json; null where it is something else.</summary>
    private static JsonDocument? ParseLines(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!lines.All(line => line.StartsWith('{') && line.EndsWith('}')))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse($"[{string.Join(',', lines)}]");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DataSetEntry Read(SourceText source, JsonEntry entry, string unnamed, string? context) =>
        DataSetEntry.Of(() =>
        {
            try
            {
                return JsonDialect.Read(entry, source.Path).Named(unnamed);
            }
            catch (FormatException exception)
            {
                throw new StructureFormatException(source.Path, line: null, exception.Message, context, exception);
            }
        });
}
