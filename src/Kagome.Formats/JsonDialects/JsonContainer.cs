using System.Globalization;
using System.Text.Json;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonDialects;

/// <summary>Files of many crystals: arrays, dictionaries by name, answers of databases, and tables of pandas in each orientation.</summary>
/// <remarks>Source: pandas.DataFrame.to_json, whose orient is split (also of matbench), records, index, columns or table.</remarks>
internal static class JsonContainer
{
    private const string Columns = "columns";
    private const string Index = "index";
    private const string Data = "data";

    /// <summary>What answers and documents call their list.</summary>
    private static readonly string[] ListNames = [Data, "response", "structures", "entries"];

    /// <summary>Whether the root is a crystal itself, or nothing that is known.</summary>
    public static bool IsSingle(JsonElement root) =>
        root.ValueKind != JsonValueKind.Array && (JsonDialect.Holds(root) || Within(root) is null);

    /// <summary>The entries of an array or a container.</summary>
    public static IEnumerable<JsonEntry> Entries(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array ? List(root) : Within(root) ?? [];

    private static IEnumerable<JsonEntry>? Within(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (
            root.Member(Columns) is { ValueKind: JsonValueKind.Array } columns
            && root.Member(Data) is { ValueKind: JsonValueKind.Array } rows
        )
        {
            return Rows(columns, rows, root.Member(Index));
        }

        foreach (string name in ListNames)
        {
            switch (root.Member(name))
            {
                case { ValueKind: JsonValueKind.Array } list:
                    return List(list);
                case { ValueKind: JsonValueKind.Object } single when JsonDialect.Holds(single):
                    return [new JsonEntry(single)];
            }
        }

        return ByColumn(root) ?? ByName(root);
    }

    private static IEnumerable<JsonEntry> List(JsonElement list) =>
        list.EnumerateArray().Select(value => new JsonEntry(value));

    /// <summary>Orientation split.</summary>
    private static IEnumerable<JsonEntry> Rows(JsonElement columns, JsonElement rows, JsonElement? index)
    {
        string[] headings = [.. columns.EnumerateArray().Select(heading => heading.ToString())];
        string?[] names = index is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(name => Name(name.ToString()))]
            : [];
        return rows.EnumerateArray()
            .Select(
                (row, number) =>
                    new JsonEntry(
                        row,
                        number < names.Length ? names[number] : null,
                        row.ValueKind == JsonValueKind.Array
                            ? [.. headings.Zip(row.EnumerateArray(), (heading, cell) => new JsonField(heading, cell))]
                            : []
                    )
            );
    }

    /// <summary>Orientation columns: {"structure": {"0": …, "1": …}, "gap": {"0": 1.2, …}}.</summary>
    private static IEnumerable<JsonEntry>? ByColumn(JsonElement root)
    {
        JsonProperty[] columns =
        [
            .. root.EnumerateObject().Where(column => column.Value.ValueKind == JsonValueKind.Object),
        ];
        int structures = Array.FindIndex(columns, column => StructureDocument.IsStructureName(column.Name));
        if (structures < 0)
        {
            return null;
        }

        (string Heading, Dictionary<string, JsonElement> Cells)[] table =
        [
            .. columns.Select(column =>
                (
                    column.Name,
                    column
                        .Value.EnumerateObject()
                        .DistinctBy(cell => cell.Name)
                        .ToDictionary(cell => cell.Name, cell => cell.Value, StringComparer.Ordinal)
                )
            ),
        ];
        return table[structures]
            .Cells.Keys.Select(index => new JsonEntry(
                default,
                Name(index),
                [
                    .. table
                        .Where(column => column.Cells.ContainsKey(index))
                        .Select(column => new JsonField(column.Heading, column.Cells[index])),
                ]
            ));
    }

    /// <summary>A dictionary of crystals by their names, as is the orientation index.</summary>
    private static IEnumerable<JsonEntry>? ByName(JsonElement root)
    {
        JsonProperty[] entries = [.. root.EnumerateObject()];
        return entries.Length > 0 && entries.Any(entry => JsonDialect.Holds(entry.Value))
            ? entries.Select(entry => new JsonEntry(entry.Value, Name(entry.Name)))
            : null;
    }

    /// <summary>A key as a name, unless it only counts.</summary>
    private static string? Name(string key) =>
        key.Length == 0 || long.TryParse(key, CultureInfo.InvariantCulture, out _) ? null : key;
}
