using System.Text.Json;
using System.Text.Json.Serialization;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Formats;

/// <summary>Structures in journals, to the last digit: lattice vectors in Å, atomic numbers and fractional coordinates, each as one list.</summary>
public sealed class StructureJsonConverter : JsonConverter<Structure>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It lacks a part, the lists do not fit each other, or they make no crystal.</exception>
    public override Structure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Stored stored = JsonSerializer.Deserialize<Stored>(ref reader, options)!;
        if (stored is not { Lattice: not null, Elements: not null, Positions: not null })
        {
            throw new JsonException("A structure lacks its lattice, elements or positions.");
        }

        if (stored.Lattice.Length != 9 || stored.Positions.Length != 3 * stored.Elements.Length)
        {
            throw new JsonException(
                $"A structure has {stored.Lattice.Length} lattice entries, {stored.Elements.Length} elements and {stored.Positions.Length} coordinates; expected 9 and three a site."
            );
        }

        try
        {
            Cartesian[] rows = [.. stored.Lattice.Chunk(3).Select(row => new Cartesian(row[0], row[1], row[2]))];
            return new Structure(
                new Lattice(rows[0], rows[1], rows[2]),
                stored
                    .Elements.Zip(stored.Positions.Chunk(3))
                    .Select(site => new Site(
                        new Element(site.First),
                        new Fractional(site.Second[0], site.Second[1], site.Second[2])
                    ))
            );
        }
        catch (ArgumentException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Structure value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer,
            new Stored(
                [
                    .. new[] { value.Lattice.A, value.Lattice.B, value.Lattice.C }.SelectMany(row =>
                        new[] { row.X, row.Y, row.Z }
                    ),
                ],
                [.. value.Sites.Select(site => site.Element.AtomicNumber)],
                [.. value.Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z })]
            ),
            options
        );

    private sealed record Stored(double[] Lattice, int[] Elements, double[] Positions);
}
