using System.Collections.Immutable;
using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonDialects;

/// <summary>Reads a crystal from an object of cell, z and frac.</summary>
internal static class CellStructure
{
    public const string AtomCount = "n";
    public const string Cell = "cell";
    public const string AtomicNumbers = "z";
    public const string Positions = "frac";

    /// <summary>Whether an object is meant to be one.</summary>
    public static bool Holds(JsonElement entry) =>
        entry.Member(Cell) is not null
        || entry.Member(AtomicNumbers) is not null
        || entry.Member(Positions) is not null;

    /// <exception cref="FormatException">A field is missing, or is not what it should be.</exception>
    public static Structure Read(JsonElement entry)
    {
        ImmutableArray<Element> elements = ReadElements(entry);
        return JsonVectors.Crystal(ReadLattice(entry), elements.Zip(ReadPositions(entry, elements.Length), ToSite));
    }

    private static Site ToSite(Element element, Fractional position) => new(element, position);

    private static Lattice ReadLattice(JsonElement entry)
    {
        double[] cell = JsonNumbers.Finite(RequiredArray(entry, Cell), 6, Cell);
        LatticeParameters parameters = new(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]);
        return CellChecks.Problem(parameters) is { } problem
            ? throw new FormatException($"{Cell}: {problem}.")
            : Lattice.FromParameters(parameters);
    }

    private static ImmutableArray<Element> ReadElements(JsonElement entry)
    {
        JsonElement numbers = RequiredArray(entry, AtomicNumbers);
        int atomCount = numbers.GetArrayLength();
        if (atomCount is 0 or > FormatLimits.MaximumAtoms)
        {
            throw new FormatException(
                $"{AtomicNumbers} lists {atomCount} atoms; expected 1 to {FormatLimits.MaximumAtoms}."
            );
        }

        if (
            entry.TryGetProperty(AtomCount, out JsonElement stated)
            && !(stated.ValueKind == JsonValueKind.Number && stated.TryGetInt32(out int n) && n == atomCount)
        )
        {
            throw new FormatException($"{AtomCount} is {stated}; expected {atomCount}, the length of {AtomicNumbers}.");
        }

        return [.. numbers.EnumerateArray().Select(ReadElement)];
    }

    private static Element ReadElement(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number
        && number.TryGetInt32(out int value)
        && value is >= 1 and <= Element.LargestAtomicNumber
            ? new Element(value)
            : throw new FormatException(
                $"{AtomicNumbers} holds {number}; expected atomic numbers from 1 to {Element.LargestAtomicNumber}."
            );

    private static IEnumerable<Fractional> ReadPositions(JsonElement entry, int atomCount)
    {
        JsonElement positions = RequiredArray(entry, Positions);
        if (positions.GetArrayLength() != atomCount)
        {
            throw new FormatException(
                $"{Positions} lists {positions.GetArrayLength()} positions; expected {atomCount}, one an atom."
            );
        }

        return positions
            .EnumerateArray()
            .Select((position, index) => JsonNumbers.Finite(position, 3, $"{Positions}[{index}]"))
            .Select(position => new Fractional(position[0], position[1], position[2]));
    }

    private static JsonElement RequiredArray(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? value
            : throw new FormatException($"there is no array '{name}'; expected the fields id, cell, z and frac.");
}
