using System.Collections.Immutable;
using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats.JsonDialects;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonLines;

/// <summary>Two crystals to compare, and what another program said of them.</summary>
/// <param name="First">The crystal <c>a</c>.</param>
/// <param name="Second">The crystal <c>b</c>.</param>
/// <param name="StatedRms">
/// By the name of the tolerances, such as csp: the normalised RMS, or null where they do not match; empty where nothing is stated.
/// </param>
public sealed record StructurePair(
    Structure First,
    Structure Second,
    ImmutableSortedDictionary<string, double?> StatedRms
)
{
    private const string FirstName = "a";
    private const string SecondName = "b";
    private const string StatedName = "rms";

    /// <summary>The lines of a file of pairs that are not blank, one at a time: memory is bounded by the longest one.</summary>
    /// <remarks>A name that ends in .gz is decompressed.</remarks>
    /// <exception cref="StructureFormatException">The file cannot be opened, or not read to its end.</exception>
    public static IEnumerable<(int Number, string Text)> ReadLines(string path)
    {
        using TextReader file = SourceFile.Open(path, isStreamed: true);
        SourceText source = new(file, path);
        while (source.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (source.LineNumber, line);
            }
        }
    }

    /// <summary>Reads a line such as <c>{"a": {"cell": …, "z": …, "frac": …}, "b": {…}, "rms": {"csp": [0.1, 0.2], "default": null}}</c>.</summary>
    /// <exception cref="FormatException">The line holds no two crystals.</exception>
    public static StructurePair Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement pair = document.RootElement;
            return new StructurePair(Crystal(pair, FirstName), Crystal(pair, SecondName), Stated(pair));
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the line is no JSON: {exception.Message}", exception);
        }
    }

    private static Structure Crystal(JsonElement pair, string name)
    {
        if (pair.Member(name) is not { ValueKind: JsonValueKind.Object } crystal)
        {
            throw new FormatException(
                $"there is no object '{name}'; expected two crystals, a and b, of cell, z and frac."
            );
        }

        try
        {
            return CellStructure.Read(crystal);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{name}: {exception.Message}", exception);
        }
    }

    private static ImmutableSortedDictionary<string, double?> Stated(JsonElement pair) =>
        pair.Member(StatedName) is { ValueKind: JsonValueKind.Object } stated
            ? stated
                .EnumerateObject()
                .DistinctBy(setting => setting.Name)
                .ToImmutableSortedDictionary(
                    setting => setting.Name,
                    setting => Rms(setting.Value),
                    StringComparer.Ordinal
                )
            : ImmutableSortedDictionary<string, double?>.Empty;

    private static double? Rms(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? JsonNumbers.Finite(value[0]) : null;
}
