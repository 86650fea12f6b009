using System.Reflection;
using System.Text.Json;
using Kagome.Networks;
using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Serialization;

namespace Kagome.Training.Recipes;

/// <summary>Records as TOML, keys in snake_case; a key that is not one of the record's is refused.</summary>
internal static class TomlRecord
{
    /// <summary>Written for the reader's sake, and read, though it follows from the rest.</summary>
    public const string DerivedProperty = nameof(CrysformerConfiguration.EdgeFeatureCount);

    private const int LongestQuote = 80; // characters

    private static readonly TomlSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <exception cref="RecipeException">The file cannot be read.</exception>
    public static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException exception)
        {
            throw new RecipeException($"{path}: {exception.Message}", exception);
        }
    }

    /// <param name="text">TOML.</param>
    /// <param name="source">Names it in errors.</param>
    /// <param name="validate">Throws an <see cref="ArgumentException"/> that says what is wrong.</param>
    /// <param name="foreign">A key that only files of another kind have, and what they are for; null for none.</param>
    /// <exception cref="RecipeException">The text is no TOML, or a key or value is not one of the record.</exception>
    public static T Parse<T>(
        string text,
        string source,
        Action<T, TomlTable> validate,
        (string Key, string Use)? foreign = null
    )
        where T : class, new()
    {
        try
        {
            TomlTable table = TomlSerializer.Deserialize<TomlTable>(text, Options) ?? [];
            if (foreign is { } other && table.ContainsKey(other.Key))
            {
                throw new RecipeException($"{source}: has the key '{other.Key}', and so is a recipe of {other.Use}.");
            }

            RefuseUnknownKeys(table, typeof(T), source, "");
            T record = TomlSerializer.Deserialize<T>(text, Options) ?? new T();
            validate(record, table);
            return record;
        }
        catch (TomlException exception)
        {
            throw new RecipeException($"{source}: {exception.Message}{Quote(text, exception.Line)}", exception);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new RecipeException($"{source}: {exception.Message}", exception);
        }
    }

    /// <summary>The whole record, defaults included.</summary>
    public static string Format<T>(T record) => TomlSerializer.Serialize(record, Options);

    private static void RefuseUnknownKeys(TomlTable table, Type type, string source, string prefix)
    {
        Dictionary<string, PropertyInfo> known = type.GetProperties()
            .Where(property =>
                (property.CanWrite || property.Name == DerivedProperty)
                && !property.IsDefined(typeof(TomlIgnoreAttribute))
            )
            .ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        foreach ((string key, object? value) in table)
        {
            if (!known.TryGetValue(key, out PropertyInfo? property))
            {
                throw new RecipeException(
                    $"{source}: unknown key '{prefix}{key}'; expected one of {string.Join(", ", known.Keys.Order())}."
                );
            }

            if (value is TomlTable inner)
            {
                RefuseUnknownKeys(inner, property.PropertyType, source, $"{prefix}{key}.");
            }
            else if (value is TomlTableArray rows)
            {
                Type rowType = property.PropertyType.GetGenericArguments().FirstOrDefault(property.PropertyType);
                rows.ToList().ForEach(row => RefuseUnknownKeys(row, rowType, source, $"{prefix}{key}."));
            }
        }
    }

    /// <summary>The line at fault, which names the key as the parser's message does not.</summary>
    private static string Quote(string text, int? line) =>
        line is { } number && text.Split('\n').ElementAtOrDefault(number - 1)?.Trim() is { Length: > 0 } content
            ? $" In '{content[..Math.Min(content.Length, LongestQuote)]}'."
            : "";
}
