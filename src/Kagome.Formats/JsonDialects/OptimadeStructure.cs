using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonDialects;

/// <summary>A structure of an OPTIMADE answer; disordered ones, and those that do not repeat in three directions, are refused.</summary>
/// <remarks>Source: https://specification.optimade.org, structures entries.</remarks>
internal static class OptimadeStructure
{
    /// <summary>The field of the line that begins OPTIMADE's JSON lines.</summary>
    public const string Head = "x-optimade";

    private const string Attributes = "attributes";
    private const string Vectors = "lattice_vectors";
    private const string Positions = "cartesian_site_positions";
    private const string SpeciesAtSites = "species_at_sites";
    private const string SpeciesList = "species";
    private const string Dimensions = "dimension_types";

    /// <summary>Types of lines that are no structures.</summary>
    private static readonly string?[] Others = ["info", "references", "files", "calculations", "trajectories"];

    private static readonly string[] Counts = ["nelements", "nsites", "nperiodic_dimensions", "space_group_it_number"];

    public static bool Holds(JsonElement value) =>
        Content(value) is var content && (content.Member(Vectors) ?? content.Member(SpeciesAtSites)) is not null;

    /// <summary>Whether an object is one of those in a file of lines that are no structures: its head, a description of fields, or an entry of another type.</summary>
    public static bool IsBesideStructures(JsonElement value)
    {
        string? type = value.Member("type") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        JsonElement? content = type is "info" ? value.Member("properties") : value.Member(Attributes);
        return value.Member(Head) is not null
            || (Others.Contains(type) && content is { ValueKind: JsonValueKind.Object } && !Holds(value));
    }

    /// <exception cref="FormatException">A field is missing, or is not what it should be.</exception>
    public static JsonCrystal Read(JsonElement entry)
    {
        JsonElement content = Content(entry);
        if (
            content.Member(Dimensions) is { ValueKind: JsonValueKind.Array } dimensions
            && dimensions.EnumerateArray().Any(dimension => JsonNumbers.Finite(dimension) != 1)
        )
        {
            throw new FormatException(
                $"{Dimensions} is {dimensions}; expected [1,1,1]: a crystal repeats in three directions."
            );
        }

        Lattice lattice = JsonVectors.Lattice(content.Member(Vectors), Vectors);
        JsonElement[] names = JsonVectors.Atoms(content.Member(SpeciesAtSites), SpeciesAtSites);
        JsonElement[] positions = JsonVectors.Atoms(content.Member(Positions), Positions, names.Length);
        Dictionary<string, JsonElement>? species = ReadSpecies(content);
        return new JsonCrystal(JsonVectors.Crystal(lattice, names.Zip(positions).Select(ReadSite)))
        {
            Id = entry.Member("id")?.ToString(),
            Split = content.Member(OptimadeFields.Split) is { ValueKind: JsonValueKind.String } split
                ? split.GetString()
                : null,
            Labels = JsonField.Labels(
                JsonField
                    .Of(content)
                    .Where(field => !Counts.Contains(field.Name))
                    .Select(field => field with { Name = OptimadeFields.Label(field.Name) }),
                _ => true
            ),
        };

        Site ReadSite((JsonElement Name, JsonElement Position) site, int index) =>
            new(
                ReadElement(site.Name, $"{SpeciesAtSites}[{index}]", species),
                lattice.ToFractional(JsonVectors.Vector(site.Position, $"{Positions}[{index}]"))
            );
    }

    private static JsonElement Content(JsonElement entry) => entry.Member(Attributes) ?? entry;

    /// <summary>The species by their names; null where there is no list, and the names are symbols.</summary>
    private static Dictionary<string, JsonElement>? ReadSpecies(JsonElement content) =>
        content.Member(SpeciesList) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
                .DistinctBy(species => species.Member("name")?.ToString() ?? "")
                .ToDictionary(species => species.Member("name")?.ToString() ?? "", StringComparer.Ordinal)
            : null;

    private static Element ReadElement(JsonElement name, string place, Dictionary<string, JsonElement>? species)
    {
        if (species is null)
        {
            return JsonVectors.Element(name, place);
        }

        if (!species.TryGetValue(name.ToString(), out JsonElement found))
        {
            throw new FormatException($"{place} is of the species '{name}', which {SpeciesList} does not list.");
        }

        bool isOrdered =
            found.Member("chemical_symbols") is { ValueKind: JsonValueKind.Array } symbols
            && symbols.GetArrayLength() == 1
            && IsFull(found.Member("concentration"))
            && found.Member("attached") is not { ValueKind: JsonValueKind.Array };
        return isOrdered
            ? JsonVectors.Element(found.Member("chemical_symbols")!.Value[0], place)
            : throw new FormatException(
                $"{place} is of the species '{name}', which is not one element of concentration 1; expected one. Disordered crystals need an ordered model first."
            );
    }

    private static bool IsFull(JsonElement? concentration) =>
        concentration is not { ValueKind: JsonValueKind.Array } shares
        || (
            shares.GetArrayLength() == 1
            && JsonNumbers.Finite(shares[0]) is { } share
            && Math.Abs(share - 1) <= PymatgenConstants.OccupancyTolerance
        );
}
