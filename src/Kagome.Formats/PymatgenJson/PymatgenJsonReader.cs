using System.Collections.Immutable;
using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.PymatgenJson;

/// <summary>Reads a document of structures as a whole.</summary>
internal static class PymatgenJsonReader
{
    public static IEnumerable<DataSetEntry> Read(TextReader reader, string path)
    {
        SourceText source = new(reader, path, PymatgenJsonConstants.MaximumCharacters);
        using JsonDocument document = Parse(source);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Array)
        {
            yield return DataSetEntry.Of(() => ReadRecord(source, root, source.Stem, context: null));
            yield break;
        }

        int number = 0;
        foreach (JsonElement entry in root.EnumerateArray())
        {
            number++;
            int current = number;
            yield return DataSetEntry.Of(() =>
                ReadRecord(source, entry, $"{source.Stem}-{current}", $"structure {current}")
            );
        }
    }

    private static JsonDocument Parse(SourceText source)
    {
        try
        {
            return JsonDocument.Parse(source.ReadToEnd());
        }
        catch (JsonException exception)
        {
            throw new StructureFormatException(
                source.Path,
                exception.LineNumber is { } line ? (int)line + 1 : null,
                $"is no JSON: {exception.Message}",
                innerException: exception
            );
        }
    }

    private static CrystalRecord ReadRecord(SourceText source, JsonElement entry, string defaultId, string? context)
    {
        try
        {
            Structure structure = ReadStructure(entry);
            JsonElement? properties = entry.Member(PymatgenJsonConstants.Properties);
            return new CrystalRecord(properties?.Member(PymatgenJsonConstants.Id)?.ToString() ?? defaultId, structure)
            {
                Split = properties?.Member(PymatgenJsonConstants.Split)?.ToString(),
                Labels = ReadLabels(properties),
            };
        }
        catch (FormatException exception)
        {
            throw new StructureFormatException(source.Path, line: null, exception.Message, context, exception);
        }
    }

    private static Structure ReadStructure(JsonElement entry)
    {
        string className = entry.Member(PymatgenJsonConstants.Class)?.ToString() ?? PymatgenJsonConstants.Structure;
        if (
            className != PymatgenJsonConstants.Structure
            || entry.Member(PymatgenJsonConstants.Lattice) is not { } cell
            || entry.Member(PymatgenJsonConstants.Sites) is not { ValueKind: JsonValueKind.Array } sites
        )
        {
            throw new FormatException(
                className == PymatgenJsonConstants.Structure
                    ? "there is no lattice or no list of sites; expected a pymatgen Structure."
                    : $"the object is a {className}; expected a pymatgen Structure."
            );
        }

        int atomCount = sites.GetArrayLength();
        if (atomCount is 0 or > FormatLimits.MaximumAtoms)
        {
            throw new FormatException($"sites lists {atomCount} atoms; expected 1 to {FormatLimits.MaximumAtoms}.");
        }

        Lattice lattice = ReadLattice(cell);
        return new Structure(lattice, sites.EnumerateArray().Select((site, index) => ReadSite(site, index, lattice)));
    }

    private static Lattice ReadLattice(JsonElement cell)
    {
        if (
            cell.Member(PymatgenJsonConstants.Matrix) is not { ValueKind: JsonValueKind.Array } matrix
            || matrix.GetArrayLength() != 3
        )
        {
            throw new FormatException("lattice has no matrix of three vectors; expected one, in Å.");
        }

        Cartesian[] rows =
        [
            .. matrix.EnumerateArray().Select((row, index) => ReadVector(row, $"lattice.matrix[{index}]")),
        ];
        return CellChecks.Problem(rows[0], rows[1], rows[2]) is { } problem
            ? throw new FormatException($"lattice: {problem}.")
            : new Lattice(rows[0], rows[1], rows[2]);
    }

    private static Site ReadSite(JsonElement site, int index, Lattice lattice)
    {
        string name = $"sites[{index}]";
        Element element = ReadElement(site, name);
        if (site.Member(PymatgenJsonConstants.Fractional) is { } fractional)
        {
            Cartesian position = ReadVector(fractional, $"{name}.{PymatgenJsonConstants.Fractional}");
            return new Site(element, new Fractional(position.X, position.Y, position.Z));
        }

        return site.Member(PymatgenJsonConstants.Cartesian) is { } cartesian
            ? new Site(
                element,
                lattice.ToFractional(ReadVector(cartesian, $"{name}.{PymatgenJsonConstants.Cartesian}"))
            )
            : throw new FormatException($"{name} has neither abc nor xyz; expected its coordinates.");
    }

    private static Element ReadElement(JsonElement site, string name)
    {
        if (
            site.Member(PymatgenJsonConstants.Species) is not { ValueKind: JsonValueKind.Array } species
            || species.GetArrayLength() != 1
        )
        {
            throw new FormatException(
                $"{name} does not list exactly one species; expected one. Disordered crystals need an ordered model first."
            );
        }

        string symbol = species[0].Member(PymatgenJsonConstants.Element)?.ToString() ?? "";
        double? occupancy = species[0].Member(PymatgenJsonConstants.Occupancy) is { } value
            ? JsonNumbers.Finite(value)
            : 1;
        if (!(Math.Abs((occupancy ?? 0) - 1) <= PymatgenJsonConstants.OccupancyTolerance))
        {
            throw new FormatException(
                $"{name} ({symbol}) has the occupancy {occupancy}; expected 1. Disordered crystals need an ordered model first."
            );
        }

        return AtomSymbol.TryParse(symbol, out Element element)
            ? element
            : throw new FormatException($"{name} is of the species '{symbol}'; expected an element such as Na.");
    }

    private static Cartesian ReadVector(JsonElement array, string name)
    {
        double[] numbers = JsonNumbers.Finite(array, 3, name);
        return new Cartesian(numbers[0], numbers[1], numbers[2]);
    }

    private static ImmutableSortedDictionary<string, double> ReadLabels(JsonElement? properties)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        if (properties is { ValueKind: JsonValueKind.Object } fields)
        {
            foreach (JsonProperty field in fields.EnumerateObject())
            {
                if (PymatgenJsonConstants.IsLabelName(field.Name) && JsonNumbers.Finite(field.Value) is { } number)
                {
                    labels[field.Name] = number;
                }
            }
        }

        return labels.ToImmutable();
    }
}
