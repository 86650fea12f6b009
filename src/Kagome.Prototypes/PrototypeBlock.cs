using System.Collections.Immutable;
using System.Text;
using Kagome.Crystals.Elements;
using Kagome.Formats.Text;

namespace Kagome.Prototypes;

/// <summary>The crystals of one anonymous formula as columns of numbers, each column by the bytes of its numbers: like stands by like.</summary>
internal static class PrototypeBlock
{
    private const int NumbersOfCell = 6;
    private const int MostCrystals = 10_000_000;
    private const int MostAtoms = 50_000_000; // of a block: 600 MB of coordinates

    /// <summary>Energies above the hull count in 10⁻⁴ eV/atom; unknown ones are -1, and those below the hull count down from there.</summary>
    private const double EnergyUnit = 1e-4;

    private const double LargestEnergy = 1e5;
    private const int UnknownEnergy = -1;

    public static void Write(Stream stream, PrototypeGroup group, IReadOnlyList<string> sources)
    {
        using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
        ImmutableArray<KnownCrystal> crystals = group.Crystals;
        writer.Write(crystals.Length);
        writer.Write(group.CanonicalOrders.Length);
        foreach (int[] orders in group.CanonicalOrders)
        {
            WriteColumn(writer, orders);
        }

        foreach (KnownCrystal crystal in crystals)
        {
            writer.Write(crystal.Id);
        }

        WriteColumn(
            writer,
            [.. crystals.Select(crystal => sources.Index().First(source => source.Item == crystal.Source).Index)]
        );
        WriteColumn(writer, [.. crystals.Select(crystal => crystal.Type)]);
        WriteColumn(writer, [.. crystals.Select(crystal => crystal.SpaceGroup ?? 0)]);
        WriteColumn(writer, [.. crystals.Select(crystal => Pack(crystal.EnergyAboveHull))]);
        for (int slot = 0; slot < group.Formula.Counts.Length; slot++)
        {
            WriteColumn(writer, [.. crystals.Select(crystal => crystal.Elements[slot].AtomicNumber)]);
        }

        for (int number = 0; number < NumbersOfCell; number++)
        {
            WriteColumn(writer, [.. crystals.Select(crystal => crystal.Cell.Parameters[number])]);
        }

        for (int axis = 0; axis < 3; axis++)
        {
            WriteColumn(
                writer,
                [.. crystals.SelectMany(crystal => crystal.Cell.Coordinates.Where((_, at) => at % 3 == axis))]
            );
        }
    }

    public static PrototypeGroup Read(Stream stream, AnonymousFormula formula, IReadOnlyList<string> sources)
    {
        using BinaryReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        int count = reader.ReadInt32();
        int types = reader.ReadInt32();
        int atoms = formula.AtomCount;
        if (count is < 1 or > MostCrystals || types < 1 || types > count || (long)count * atoms > MostAtoms)
        {
            throw new InvalidDataException($"{count} crystals of {types} types, of {atoms} atoms each.");
        }

        int orders = SlotOrders.Of(formula.Counts).Length;
        int[][] canonicalOrders =
        [
            .. Enumerable.Range(0, types).Select(_ => ReadColumn(reader, orders, 0, orders - 1)),
        ];
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => reader.ReadString())];
        int[] sourceOf = ReadColumn(reader, count, 0, sources.Count - 1);
        int[] typeOf = ReadColumn(reader, count, 0, types - 1);
        int[] groupOf = ReadColumn(reader, count, 0, 230);
        int[] energies = ReadColumn(reader, count, int.MinValue, int.MaxValue);
        int[][] elements = [.. formula.Counts.Select(_ => ReadColumn(reader, count, 1, Element.LargestAtomicNumber))];
        int[][] parameters =
        [
            .. Enumerable.Range(0, NumbersOfCell).Select(_ => ReadColumn(reader, count, 1, int.MaxValue)),
        ];
        int[][] coordinates =
        [
            .. Enumerable.Range(0, 3).Select(_ => ReadColumn(reader, count * atoms, 0, PackedCell.Denominator - 1)),
        ];
        return new PrototypeGroup(formula, [.. Enumerable.Range(0, count).Select(Crystal)], canonicalOrders);

        KnownCrystal Crystal(int at) =>
            new(
                formula,
                [.. elements.Select(column => new Element(column[at]))],
                Checked(
                    [.. parameters.Select(column => column[at])],
                    [
                        .. Enumerable
                            .Range(0, 3 * atoms)
                            .Select(place => coordinates[place % 3][(at * atoms) + (place / 3)]),
                    ]
                )
            )
            {
                Id = ids[at],
                Source = sources[sourceOf[at]],
                Type = typeOf[at],
                SpaceGroup = groupOf[at] == 0 ? null : groupOf[at],
                EnergyAboveHull = Unpack(energies[at]),
            };
    }

    /// <exception cref="InvalidDataException">There is no such cell.</exception>
    private static PackedCell Checked(int[] parameters, int[] coordinates)
    {
        PackedCell cell = new(parameters, coordinates);
        return cell.LatticeParameters.Volume >= FormatLimits.SmallestVolume && cell.LatticeParameters.Problem() is null
            ? cell
            : throw new InvalidDataException($"{cell.LatticeParameters} is no cell.");
    }

    private static int Pack(double? energyAboveHull)
    {
        if (energyAboveHull is not { } energy)
        {
            return UnknownEnergy;
        }

        int packed = (int)Math.Round(Math.Clamp(energy, -LargestEnergy, LargestEnergy) / EnergyUnit);
        return packed < 0 ? packed + UnknownEnergy : packed;
    }

    private static double? Unpack(int packed) =>
        packed == UnknownEnergy ? null : (packed < 0 ? packed - UnknownEnergy : packed) * EnergyUnit;

    /// <summary>All lowest bytes, then all next ones, and so on.</summary>
    private static void WriteColumn(BinaryWriter writer, int[] numbers)
    {
        byte[] bytes = new byte[numbers.Length * sizeof(int)];
        for (int at = 0; at < numbers.Length; at++)
        {
            for (int place = 0; place < sizeof(int); place++)
            {
                bytes[(place * numbers.Length) + at] = (byte)(numbers[at] >> (8 * place));
            }
        }

        writer.Write(bytes);
    }

    private static int[] ReadColumn(BinaryReader reader, int count, int smallest, int largest)
    {
        byte[] bytes = reader.ReadBytes(checked(count * sizeof(int)));
        if (bytes.Length != count * sizeof(int))
        {
            throw new InvalidDataException("It ends too soon.");
        }

        int[] numbers = new int[count];
        for (int at = 0; at < count; at++)
        {
            for (int place = 0; place < sizeof(int); place++)
            {
                numbers[at] |= bytes[(place * count) + at] << (8 * place);
            }

            if (numbers[at] < smallest || numbers[at] > largest)
            {
                throw new InvalidDataException($"{numbers[at]} is not between {smallest} and {largest}.");
            }
        }

        return numbers;
    }
}
