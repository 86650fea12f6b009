using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Ase;

/// <summary>What a row says of a crystal beside its atoms: keys with texts and numbers, and what ASE's keys cannot hold.</summary>
internal sealed class AseRowTexts
{
    private const string Ours = "kagome";
    private const string IdName = "id";
    private const string SplitName = "split";
    private const string LabelsName = "labels";
    private const int DataHead = sizeof(long);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, string> hidden = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> renamed = new(StringComparer.Ordinal);

    /// <summary>What is written of a crystal. Numbers that are not finite are left out, and those that have a column of their own.</summary>
    /// <param name="record">The crystal.</param>
    /// <param name="names">Keys of its labels.</param>
    public AseRowTexts(CrystalRecord record, AseKeyNames names)
    {
        AddText(AseKeys.Id, IdName, record.Id);
        AddText(AseKeys.Split, SplitName, record.Split);
        IEnumerable<string> labels = record
            .Labels.Where(label => double.IsFinite(label.Value) && !AseSchema.Results.Contains(label.Key))
            .Select(label => label.Key);
        foreach ((string key, string label) in names.Of(labels))
        {
            Numbers[key] = record.Labels[label];
            if (key != label)
            {
                renamed[key] = label;
            }
        }
    }

    public SortedDictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, double> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Texts and numbers as JSON.</summary>
    public string KeyValuePairs =>
        Encoding.UTF8.GetString(
            Json(json =>
            {
                foreach ((string key, string text) in Texts)
                {
                    json.WriteString(key, text);
                }

                foreach ((string key, double number) in Numbers)
                {
                    json.WriteNumber(key, number);
                }
            })
        );

    /// <summary>The column data: where its JSON begins, in 8 bytes, and then that.</summary>
    public byte[] Data
    {
        get
        {
            byte[] head = new byte[DataHead];
            BinaryPrimitives.WriteInt64LittleEndian(head, DataHead);
            return [.. head, .. Json(WriteOurs)];
        }
    }

    /// <summary>What a row says.</summary>
    /// <param name="keyValuePairs">JSON, in which Python may have written NaN; null for none.</param>
    /// <param name="data">The column data; null where it is absent or long.</param>
    /// <param name="unnamed">What to call a crystal without a name.</param>
    /// <param name="structure">Of the row.</param>
    /// <exception cref="FormatException">The keys are no JSON.</exception>
    public static CrystalRecord Read(string? keyValuePairs, byte[]? data, string unnamed, Structure structure)
    {
        using JsonDocument pairs = Parse(keyValuePairs ?? "{}");
        using JsonDocument? ours = ParseData(data);
        JsonElement? mine = ours?.RootElement.Member(Ours);
        Dictionary<string, string> names = Strings(mine?.Member(LabelsName));
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        Dictionary<string, string> texts = Strings(pairs.RootElement);
        foreach (JsonProperty pair in pairs.RootElement.EnumerateObject())
        {
            if (pair.Value.ValueKind == JsonValueKind.Number && JsonNumbers.Finite(pair.Value) is { } number)
            {
                labels[names.GetValueOrDefault(pair.Name, pair.Name)] = number;
            }
        }

        Dictionary<string, string> told = Strings(mine);
        string? id =
            told.GetValueOrDefault(IdName)
            ?? AseKeys
                .Ids.Select(key => texts.GetValueOrDefault(key))
                .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        return new CrystalRecord(string.IsNullOrWhiteSpace(id) ? unnamed : id, structure)
        {
            Split = told.GetValueOrDefault(SplitName) ?? texts.GetValueOrDefault(AseKeys.Split),
            Labels = labels.ToImmutable(),
        };
    }

    private void AddText(string key, string hiddenName, string? text)
    {
        if (text is not null)
        {
            _ = AseKeys.IsText(text) ? Texts[key] = text : hidden[hiddenName] = text;
        }
    }

    private void WriteOurs(Utf8JsonWriter json)
    {
        if (hidden.Count + renamed.Count == 0)
        {
            return;
        }

        json.WriteStartObject(Ours);
        foreach ((string name, string text) in hidden)
        {
            json.WriteString(name, text);
        }

        json.WriteStartObject(LabelsName);
        foreach ((string key, string label) in renamed)
        {
            json.WriteString(key, label);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static byte[] Json(Action<Utf8JsonWriter> writeMembers)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Plain))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static JsonDocument Parse(string text)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(PythonJson.WithoutNaN(text));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new JsonException("it is no object");
        }
        catch (JsonException exception)
        {
            document?.Dispose();
            throw new FormatException($"{AseSchema.KeyValuePairs} is no JSON object: {exception.Message}", exception);
        }
    }

    /// <summary>Null where there is nothing of ours.</summary>
    private static JsonDocument? ParseData(byte[]? data)
    {
        if (data is null || data.Length < DataHead || BinaryPrimitives.ReadInt64LittleEndian(data) != DataHead)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(data.AsMemory(DataHead));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Strings(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } found
            ? found
                .EnumerateObject()
                .Where(member => member.Value.ValueKind == JsonValueKind.String)
                .DistinctBy(member => member.Name)
                .ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal)
            : [];
}
