using System.Collections.Immutable;
using System.Text.Json;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonLines;

/// <summary>Reads JSON lines one at a time: memory is bounded by the longest line.</summary>
internal static class JsonLinesReader
{
    public static IEnumerable<DataSetEntry> Read(TextReader reader, string path)
    {
        SourceText source = new(reader, path);
        while (source.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return DataSetEntry.Of(() => ReadRecord(source, line));
            }
        }
    }

    private static CrystalRecord ReadRecord(SourceText source, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement entry = document.RootElement;
            return entry.ValueKind == JsonValueKind.Object
                ? ReadRecord(entry, source)
                : throw new FormatException($"the line holds a JSON {entry.ValueKind}; expected an object in braces.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new StructureFormatException(
                source.Path,
                source.LineNumber,
                exception is JsonException ? $"the line is no JSON: {exception.Message}" : exception.Message,
                innerException: exception
            );
        }
    }

    private static CrystalRecord ReadRecord(JsonElement entry, SourceText source)
    {
        string id = entry.TryGetProperty(JsonLinesConstants.Id, out JsonElement name)
            ? name.ToString()
            : $"{source.Stem}-{source.LineNumber}";
        Structure structure = JsonCrystal.Read(entry);
        CheckFormula(entry, structure);
        return new CrystalRecord(id, structure)
        {
            Split = entry.TryGetProperty(JsonLinesConstants.Split, out JsonElement split) ? split.ToString() : null,
            Labels = ReadLabels(entry),
        };
    }

    private static void CheckFormula(JsonElement entry, Structure structure)
    {
        if (!entry.TryGetProperty(JsonLinesConstants.Formula, out JsonElement formula))
        {
            return;
        }

        Composition expected = structure.Composition.Reduced;
        bool isFormula = FormulaParser.TryParse(
            formula.ToString(),
            out Composition? stated,
            out FormulaException? problem
        );
        if (!isFormula || !stated!.Reduced.Equals(expected))
        {
            throw new FormatException(
                $"{JsonLinesConstants.Formula} is '{formula}'; expected {expected}, which {JsonLinesConstants.AtomicNumbers} adds up to.",
                problem
            );
        }
    }

    private static ImmutableSortedDictionary<string, double> ReadLabels(JsonElement entry)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (JsonProperty field in entry.EnumerateObject())
        {
            if (JsonLinesConstants.IsLabelName(field.Name) && JsonNumbers.Finite(field.Value) is { } number)
            {
                labels[field.Name] = number;
            }
        }

        return labels.ToImmutable();
    }
}

/// <summary>Reads a crystal from an object of cell, z and frac.</summary>
internal static class JsonCrystal
{
    /// <exception cref="FormatException">A field is missing, or is not what it should be.</exception>
    public static Structure Read(JsonElement entry)
    {
        ImmutableArray<Element> elements = ReadElements(entry);
        return new(ReadLattice(entry), elements.Zip(ReadPositions(entry, elements.Length), ToSite));
    }

    private static Site ToSite(Element element, Fractional position) => new(element, position);

    private static Lattice ReadLattice(JsonElement entry)
    {
        double[] cell = JsonNumbers.Finite(RequiredArray(entry, JsonLinesConstants.Cell), 6, JsonLinesConstants.Cell);
        LatticeParameters parameters = new(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]);
        return CellChecks.Problem(parameters) is { } problem
            ? throw new FormatException($"{JsonLinesConstants.Cell}: {problem}.")
            : Lattice.FromParameters(parameters);
    }

    private static ImmutableArray<Element> ReadElements(JsonElement entry)
    {
        JsonElement numbers = RequiredArray(entry, JsonLinesConstants.AtomicNumbers);
        int atomCount = numbers.GetArrayLength();
        if (atomCount is 0 or > FormatLimits.MaximumAtoms)
        {
            throw new FormatException(
                $"{JsonLinesConstants.AtomicNumbers} lists {atomCount} atoms; expected 1 to {FormatLimits.MaximumAtoms}."
            );
        }

        if (
            entry.TryGetProperty(JsonLinesConstants.AtomCount, out JsonElement stated)
            && !(stated.ValueKind == JsonValueKind.Number && stated.TryGetInt32(out int n) && n == atomCount)
        )
        {
            throw new FormatException(
                $"{JsonLinesConstants.AtomCount} is {stated}; expected {atomCount}, the length of {JsonLinesConstants.AtomicNumbers}."
            );
        }

        return [.. numbers.EnumerateArray().Select(ReadElement)];
    }

    private static Element ReadElement(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number
        && number.TryGetInt32(out int value)
        && value is >= 1 and <= Element.LargestAtomicNumber
            ? new Element(value)
            : throw new FormatException(
                $"{JsonLinesConstants.AtomicNumbers} holds {number}; expected atomic numbers from 1 to {Element.LargestAtomicNumber}."
            );

    private static IEnumerable<Fractional> ReadPositions(JsonElement entry, int atomCount)
    {
        JsonElement positions = RequiredArray(entry, JsonLinesConstants.Positions);
        if (positions.GetArrayLength() != atomCount)
        {
            throw new FormatException(
                $"{JsonLinesConstants.Positions} lists {positions.GetArrayLength()} positions; expected {atomCount}, one an atom."
            );
        }

        return positions
            .EnumerateArray()
            .Select((position, index) => JsonNumbers.Finite(position, 3, $"{JsonLinesConstants.Positions}[{index}]"))
            .Select(position => new Fractional(position[0], position[1], position[2]));
    }

    private static JsonElement RequiredArray(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? value
            : throw new FormatException($"there is no array '{name}'; expected the fields id, cell, z and frac.");
}
