using System.Buffers.Binary;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Ase;

/// <summary>Atoms and cells as NumPy's arrays lie in a row: numbers of 4 bytes, coordinates of 8, little-endian, without a head.</summary>
internal static class AseArrays
{
    public const int LongestNumbers = FormatLimits.MaximumAtoms * sizeof(int);
    public const int LongestPositions = FormatLimits.MaximumAtoms * VectorLength;
    public const int CellLength = 3 * VectorLength;

    private const int VectorLength = 3 * sizeof(double);

    public static byte[] Numbers(Structure structure)
    {
        byte[] numbers = new byte[structure.AtomCount * sizeof(int)];
        foreach ((int index, Site site) in structure.Sites.Index())
        {
            BinaryPrimitives.WriteInt32LittleEndian(numbers.AsSpan(index * sizeof(int)), site.Element.AtomicNumber);
        }

        return numbers;
    }

    public static byte[] Positions(Structure structure) =>
        Vectors([.. structure.Sites.Select(site => structure.Lattice.ToCartesian(site.Position))]);

    public static byte[] Cell(Lattice lattice) => Vectors([lattice.A, lattice.B, lattice.C]);

    /// <summary>The crystal of a row.</summary>
    /// <exception cref="FormatException">An array has another length than it should, or what it holds is no crystal.</exception>
    public static Structure Read(byte[] numbers, byte[] positions, byte[] cell)
    {
        Lattice lattice = ReadLattice(cell);
        int count = numbers.Length / sizeof(int);
        if (count == 0 || numbers.Length % sizeof(int) != 0 || positions.Length != count * VectorLength)
        {
            throw new FormatException(
                $"numbers has {numbers.Length} bytes and positions {positions.Length}; expected 4 and 24 an atom, and at least one atom."
            );
        }

        Site[] sites = [.. Enumerable.Range(0, count).Select(ReadSite)];
        return
            sites.Select(site => CellChecks.Problem(site.Position)).FirstOrDefault(problem => problem is not null)
                is { } wrong
            ? throw new FormatException($"{wrong}.")
            : new Structure(lattice, sites);

        Site ReadSite(int index) =>
            new(ReadElement(numbers, index), lattice.ToFractional(ReadVector(positions, index)));
    }

    private static Lattice ReadLattice(byte[] cell)
    {
        if (cell.Length != CellLength)
        {
            throw new FormatException($"cell has {cell.Length} bytes; expected {CellLength}, three vectors.");
        }

        (Cartesian a, Cartesian b, Cartesian c) = (ReadVector(cell, 0), ReadVector(cell, 1), ReadVector(cell, 2));
        return CellChecks.Problem(a, b, c) is { } problem
            ? throw new FormatException($"cell: {problem}.")
            : new Lattice(a, b, c);
    }

    private static Element ReadElement(byte[] numbers, int index)
    {
        int number = BinaryPrimitives.ReadInt32LittleEndian(numbers.AsSpan(index * sizeof(int)));
        return number is >= 1 and <= Element.LargestAtomicNumber
            ? new Element(number)
            : throw new FormatException(
                $"numbers holds {number}; expected atomic numbers from 1 to {Element.LargestAtomicNumber}."
            );
    }

    private static Cartesian ReadVector(byte[] vectors, int index)
    {
        ReadOnlySpan<byte> vector = vectors.AsSpan(index * VectorLength, VectorLength);
        return new Cartesian(
            BinaryPrimitives.ReadDoubleLittleEndian(vector),
            BinaryPrimitives.ReadDoubleLittleEndian(vector[sizeof(double)..]),
            BinaryPrimitives.ReadDoubleLittleEndian(vector[(2 * sizeof(double))..])
        );
    }

    private static byte[] Vectors(Cartesian[] vectors)
    {
        byte[] bytes = new byte[vectors.Length * VectorLength];
        foreach ((int index, Cartesian vector) in vectors.Index())
        {
            Span<byte> place = bytes.AsSpan(index * VectorLength);
            BinaryPrimitives.WriteDoubleLittleEndian(place, vector.X);
            BinaryPrimitives.WriteDoubleLittleEndian(place[sizeof(double)..], vector.Y);
            BinaryPrimitives.WriteDoubleLittleEndian(place[(2 * sizeof(double))..], vector.Z);
        }

        return bytes;
    }
}
