using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Schemas;

/// <summary>Schemas as the records and their docstrings say them: what docs/schemas has to hold.</summary>
/// <remarks>Records that several documents hold are in one file of definitions, all others beside the document.</remarks>
internal sealed class SchemaText
{
    public const string Root = "https://kagome.invalid/schemas/";
    public const string End = ".schema.json";
    public const string Common = "common";
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions Names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly XmlDocs docs = new();
    private readonly NullabilityInfoContext nullability = new();
    private readonly HashSet<string> undocumented = [];
    private readonly Dictionary<DocumentSchema, HashSet<Type>> uses = [];
    private readonly HashSet<Type> common;

    private SchemaText()
    {
        foreach ((DocumentSchema document, Type content) in DocumentContents.All)
        {
            uses[document] = [];
            Collect(content, uses[document]);
            foreach (Type line in DocumentContents.OtherLines.GetValueOrDefault(document) ?? [])
            {
                Collect(line, uses[document]);
                uses[document].Remove(line);
            }

            if (document.List is null)
            {
                uses[document].Remove(content);
            }
        }

        common =
        [
            .. uses
                .Values.SelectMany(types => types)
                .CountBy(type => type)
                .Where(type => type.Value > 1)
                .Select(type => type.Key),
        ];
    }

    /// <summary>The files by their names.</summary>
    /// <param name="undocumented">Fields of which no docstring says what they are.</param>
    public static IReadOnlyDictionary<string, string> All(out IReadOnlyCollection<string> undocumented)
    {
        SchemaText text = new();
        Dictionary<string, string> files = DocumentContents.All.Keys.ToDictionary(
            document => document.Name + End,
            document => Text(text.Document(document))
        );
        files.Add(Common + End, Text(text.Definitions()));
        undocumented = text.undocumented;
        return files;
    }

    private static string Text(JsonObject schema) => schema.ToJsonString(Written) + "\n";

    private JsonObject Document(DocumentSchema document)
    {
        Type content = DocumentContents.All[document];
        string what = docs.Of(typeof(DocumentSchema).GetProperty(PropertyName(document))!)!;
        JsonObject schema = new()
        {
            ["$schema"] = Draft,
            ["$id"] = Root + document.Name + End,
            ["title"] = document.Name,
            ["description"] = what,
        };
        if (document.List is { } list)
        {
            Complete(
                schema,
                [
                    Version(document),
                    new(
                        list,
                        new JsonObject
                        {
                            ["description"] = docs.Of(content),
                            ["type"] = "array",
                            ["items"] = Reference(content, document),
                        }
                    ),
                ]
            );
        }
        else if (DocumentContents.OtherLines.TryGetValue(document, out IReadOnlyList<Type>? others))
        {
            schema["oneOf"] = new JsonArray([
                .. others
                    .Prepend(content)
                    .Select(line =>
                        Complete(
                            new JsonObject { ["description"] = docs.Of(line) },
                            [
                                new(
                                    "sum",
                                    new JsonObject
                                    {
                                        ["description"] =
                                            "A checksum of the campaign and of all that follows in the line (XXH64).",
                                        ["type"] = "string",
                                        ["pattern"] = "^[0-9a-f]{16}$",
                                    }
                                ),
                                Version(document),
                                .. Fields(line, document),
                            ]
                        )
                    ),
            ]);
        }
        else
        {
            Complete(schema, [Version(document), .. Fields(content, document)]);
        }

        Type[] own = [.. uses[document].Except(common).OrderBy(Name, StringComparer.Ordinal)];
        if (own.Length > 0)
        {
            schema["$defs"] = new JsonObject(own.Select(type => Definition(type, document)));
        }

        return schema;
    }

    /// <summary>What several documents hold.</summary>
    private JsonObject Definitions() =>
        new()
        {
            ["$schema"] = Draft,
            ["$id"] = Root + Common + End,
            ["title"] = Common,
            ["description"] = "What several documents hold. No document is checked against this file itself.",
            ["$defs"] = new JsonObject(
                common.OrderBy(Name, StringComparer.Ordinal).Select(type => Definition(type, null))
            ),
        };

    private KeyValuePair<string, JsonNode?> Definition(Type type, DocumentSchema? document)
    {
        JsonObject definition = new() { ["description"] = docs.Of(type) ?? Missing($"{type}") };
        return new(
            Name(type),
            type == typeof(Structure) ? StructureFields(definition) : Complete(definition, [.. Fields(type, document)])
        );
    }

    private static JsonObject Complete(JsonObject schema, KeyValuePair<string, JsonNode?>[] fields)
    {
        schema["type"] = "object";
        schema["properties"] = new JsonObject(fields);
        schema["required"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field.Key))]);
        schema["additionalProperties"] = false;
        return schema;
    }

    private static KeyValuePair<string, JsonNode?> Version(DocumentSchema document) =>
        new(
            DocumentSchema.VersionField,
            new JsonObject { ["description"] = "The version of this schema.", ["const"] = document.Version }
        );

    private IEnumerable<KeyValuePair<string, JsonNode?>> Fields(Type type, DocumentSchema? document) =>
        Properties(type)
            .Select(property =>
            {
                PropertyInfo member = (PropertyInfo)property.AttributeProvider!;
                string description = docs.Of(member) ?? Missing($"{type.FullName}.{member.Name}");
                JsonObject field = new() { ["description"] = description };
                foreach ((string key, JsonNode? part) in Value(nullability.Create(member), document))
                {
                    field[key] = key == "description" ? $"{description} {part}" : part?.DeepClone();
                }

                return new KeyValuePair<string, JsonNode?>(property.Name, field);
            });

    /// <summary>As <see cref="JsonText"/> writes them; what is set anew in a constructor alone, or left out, is none.</summary>
    private static IEnumerable<JsonPropertyInfo> Properties(Type type) =>
        Names
            .GetTypeInfo(type)
            .Properties.Where(property =>
                property is { Get: not null, AttributeProvider: PropertyInfo member }
                && member.GetCustomAttribute<JsonIgnoreAttribute>() is null
            );

    private JsonObject Value(NullabilityInfo info, DocumentSchema? document)
    {
        Type type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        bool isNullable = type != info.Type || (!type.IsValueType && info.ReadState == NullabilityState.Nullable);
        if (type.IsEnum)
        {
            string[] values = Enum.GetNames(type);
            string[] words = [.. values.Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
            JsonObject known = new()
            {
                ["enum"] = new JsonArray([
                    .. words.Select(word => JsonValue.Create(word)),
                    .. isNullable ? new JsonNode?[] { null } : [],
                ]),
            };
            string meanings = string.Join(
                    " ",
                    values
                        .Zip(words)
                        .Select(pair => docs.Of(type, pair.First) is { } meaning ? $"{pair.Second}: {meaning}" : "")
                )
                .Trim();
            if (meanings.Length > 0)
            {
                known["description"] = meanings;
            }

            return known;
        }

        if (Primitive(type) is { } word)
        {
            return new JsonObject { ["type"] = isNullable ? new JsonArray(word, "null") : JsonValue.Create(word) };
        }

        if (Dictionary(type) is not null)
        {
            return new JsonObject
            {
                ["type"] = isNullable ? new JsonArray("object", "null") : JsonValue.Create("object"),
                ["additionalProperties"] = Value(info.GenericTypeArguments[1], document),
            };
        }

        if (Element(type) is not null)
        {
            NullabilityInfo items = info.ElementType ?? info.GenericTypeArguments[0];
            return new JsonObject
            {
                ["type"] = isNullable ? new JsonArray("array", "null") : JsonValue.Create("array"),
                ["items"] = Value(items, document),
            };
        }

        JsonObject reference = Reference(type, document);
        return isNullable
            ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) }
            : reference;
    }

    private JsonObject Reference(Type type, DocumentSchema? document) =>
        new() { ["$ref"] = $"{(document is null || !common.Contains(type) ? "" : Common + End)}#/$defs/{Name(type)}" };

    private void Collect(Type type, HashSet<Type> found)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        Type? inner = Dictionary(plain) ?? Element(plain);
        if (inner is not null)
        {
            Collect(inner, found);
        }
        else if (Primitive(plain) is null && !plain.IsEnum && found.Add(plain) && plain != typeof(Structure))
        {
            foreach (JsonPropertyInfo property in Properties(plain))
            {
                Collect(property.PropertyType, found);
            }
        }
    }

    private static string? Primitive(Type type) =>
        type == typeof(string) ? "string"
        : type == typeof(bool) ? "boolean"
        : type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(double) || type == typeof(float) ? "number"
        : type == typeof(DateTimeOffset) ? "string"
        : null;

    /// <summary>The type of the values; null for what is no dictionary.</summary>
    private static Type? Dictionary(Type type) =>
        type.GetInterfaces()
            .Append(type)
            .FirstOrDefault(face =>
                face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            )
            ?.GetGenericArguments()[1];

    /// <summary>The type of the entries; null for what is no list.</summary>
    private static Type? Element(Type type) =>
        type == typeof(string) || type == typeof(Structure) || !typeof(IEnumerable).IsAssignableFrom(type)
            ? null
            : type.GetElementType() ?? type.GetGenericArguments()[0];

    private static string Name(Type type)
    {
        string name = type.Name.EndsWith("Document", StringComparison.Ordinal)
            ? type.Name[..^"Document".Length]
            : type.Name;
        return DocumentContents.Names.TryGetValue(type, out string? given)
            ? given
            : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }

    private static string PropertyName(DocumentSchema document) =>
        typeof(DocumentSchema)
            .GetProperties(BindingFlags.Static | BindingFlags.Public)
            .Single(property => ReferenceEquals(property.GetValue(null), document))
            .Name;

    private string Missing(string what)
    {
        undocumented.Add(what);
        return "";
    }

    /// <summary>As <see cref="StructureJsonConverter"/> writes them.</summary>
    private static JsonObject StructureFields(JsonObject definition)
    {
        definition["description"] = "A crystal to the last digit.";
        return Complete(
            definition,
            [
                new(
                    "lattice",
                    new JsonObject
                    {
                        ["description"] = "The vectors a, b and c in Å, one after another.",
                        ["type"] = "array",
                        ["items"] = new JsonObject { ["type"] = "number" },
                        ["minItems"] = 9,
                        ["maxItems"] = 9,
                    }
                ),
                new(
                    "elements",
                    new JsonObject
                    {
                        ["description"] = "The atomic number of each site.",
                        ["type"] = "array",
                        ["items"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1 },
                    }
                ),
                new(
                    "positions",
                    new JsonObject
                    {
                        ["description"] = "The fractional coordinates of each site, three a site, one after another.",
                        ["type"] = "array",
                        ["items"] = new JsonObject { ["type"] = "number" },
                    }
                ),
            ]
        );
    }
}
