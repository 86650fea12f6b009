using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Networks.Batches;
using static TorchSharp.torch;

namespace Kagome.Training.Data;

/// <summary>Crystals to learn from, held as plain numbers.</summary>
/// <param name="labelName">The label to keep, by its name in the data; null for none.</param>
internal sealed class TrainingSet(string? labelName = null)
{
    private readonly List<string> ids = [];
    private readonly List<int> atomStarts = [0]; // one more entry than crystals, the end
    private readonly List<byte> atomicNumbers = [];
    private readonly List<float> coordinates = [];
    private readonly List<float> lattices = [];
    private readonly List<float> labels = []; // NaN where not known; empty where the set keeps none

    /// <summary>Crystals in all.</summary>
    public int Count => ids.Count;

    /// <summary>Atoms in all.</summary>
    public int AtomTotal => atomStarts[^1];

    public int LargestAtomCount => Count == 0 ? 0 : Enumerable.Range(0, Count).Max(AtomCount);

    /// <summary>How many crystals hold each element, by atomic number.</summary>
    public SortedDictionary<int, int> ElementCounts { get; } = [];

    /// <summary>Crystals by the atoms of their formula unit and then by their formula units Z.</summary>
    public SortedDictionary<int, SortedDictionary<int, int>> FormulaUnitCounts { get; } = [];

    /// <summary>The labels that are known, in no meaningful order.</summary>
    public IEnumerable<double> Labels => labels.Where(float.IsFinite).Select(label => (double)label);

    /// <summary>A number that changes with any id, element, position, cell or kept label, and with the order of the crystals.</summary>
    public string Fingerprint
    {
        get
        {
            XxHash64 hash = new();
            ids.ForEach(id => hash.Append(Encoding.UTF8.GetBytes($"{id}\0")));
            hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(atomStarts)));
            hash.Append(CollectionsMarshal.AsSpan(atomicNumbers));
            hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(coordinates)));
            hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(lattices)));
            hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(labels)));
            return Convert.ToHexStringLower(hash.GetCurrentHash());
        }
    }

    public void Add(CrystalRecord record)
    {
        Structure structure = record.Structure;
        ids.Add(record.Id);
        atomStarts.Add(AtomTotal + structure.AtomCount);
        if (labelName is not null)
        {
            labels.Add(
                record.Labels.TryGetValue(labelName, out double label) && double.IsFinite(label)
                    ? (float)label
                    : float.NaN
            );
        }

        foreach (Site site in structure.Sites)
        {
            atomicNumbers.Add((byte)site.Element.AtomicNumber);
            Append(coordinates, site.Position.X, site.Position.Y, site.Position.Z);
        }

        foreach (Cartesian row in new[] { structure.Lattice.A, structure.Lattice.B, structure.Lattice.C })
        {
            Append(lattices, row.X, row.Y, row.Z);
        }

        int formulaUnits = structure.Composition.FormulaUnits;
        int unitAtoms = structure.AtomCount / formulaUnits;
        if (!FormulaUnitCounts.TryGetValue(unitAtoms, out SortedDictionary<int, int>? counts))
        {
            FormulaUnitCounts[unitAtoms] = counts = [];
        }

        counts[formulaUnits] = counts.GetValueOrDefault(formulaUnits) + 1;
        foreach (Element element in structure.Composition.Counts.Keys)
        {
            ElementCounts[element.AtomicNumber] = ElementCounts.GetValueOrDefault(element.AtomicNumber) + 1;
        }
    }

    /// <summary>Names of a batch's crystals.</summary>
    public IReadOnlyList<string> Ids(BatchIndices batch) => [.. batch.Crystals.Select(crystal => ids[crystal])];

    /// <summary>The crystals at the given places.</summary>
    public TrainingBatch Batch(BatchIndices indices, Device? device = null)
    {
        CrystalLayout layout = new([.. indices.Crystals.Select(AtomCount)]);
        long[] numbers = new long[layout.AtomTotal];
        float[] positions = new float[layout.AtomTotal * 3];
        float[] cells = new float[layout.CrystalCount * 9];
        int at = 0;
        for (int row = 0; row < layout.CrystalCount; row++)
        {
            int crystal = indices.Crystals[row];
            (int start, int count) = (atomStarts[crystal], AtomCount(crystal));
            for (int atom = 0; atom < count; atom++)
            {
                numbers[at + atom] = atomicNumbers[start + atom];
            }

            coordinates.CopyTo(start * 3, positions, at * 3, count * 3);
            lattices.CopyTo(crystal * 9, cells, row * 9, 9);
            at += count;
        }

        return new TrainingBatch(
            layout,
            tensor(numbers).to(device ?? CPU),
            tensor(positions).view(-1, 3).to(device ?? CPU),
            tensor(cells).view(-1, 3, 3).to(device ?? CPU),
            labelName is null
                ? null
                : tensor(indices.Crystals.Select(crystal => labels[crystal]).ToArray()).to(device ?? CPU)
        );
    }

    private int AtomCount(int crystal) => atomStarts[crystal + 1] - atomStarts[crystal];

    private static void Append(List<float> values, double x, double y, double z)
    {
        values.Add((float)x);
        values.Add((float)y);
        values.Add((float)z);
    }
}

/// <summary>Crystals of any sizes as tensors.</summary>
/// <param name="Layout">Which atoms belong to which crystal.</param>
/// <param name="AtomicNumbers">[atoms], int64</param>
/// <param name="Coordinates">[atoms, 3], fractional</param>
/// <param name="Lattices">[crystals, 3, 3], Å</param>
/// <param name="Labels">In the label's unit, NaN where there is none; null where the set keeps no label. [crystals]</param>
internal sealed record TrainingBatch(
    CrystalLayout Layout,
    Tensor AtomicNumbers,
    Tensor Coordinates,
    Tensor Lattices,
    Tensor? Labels = null
)
{
    public int CrystalCount => Layout.CrystalCount;

    /// <summary>The crystals as a network takes them, in another state.</summary>
    /// <param name="coordinates">[atoms, 3], fractional</param>
    /// <param name="lattices">[crystals, 3, 3], Å</param>
    /// <param name="times">[crystals], the noise level</param>
    public CrystalBatch In(Tensor coordinates, Tensor lattices, Tensor times) =>
        new(Layout, AtomicNumbers, coordinates, lattices, times);

    /// <summary>The crystals as a network takes them, as they are: at t = 0.</summary>
    public CrystalBatch Clean() =>
        In(Coordinates, Lattices, zeros(CrystalCount, dtype: ScalarType.Int64, device: Lattices.device));
}

/// <summary>Which crystals of a set make a batch.</summary>
internal readonly record struct BatchIndices(int[] Crystals)
{
    /// <summary>Cuts the batch into parts of nearly equal size, none of them empty.</summary>
    public BatchIndices[] Split(int largestPartCount)
    {
        int[] crystals = Crystals;
        int count = Math.Min(largestPartCount, crystals.Length);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(part => new BatchIndices(
                    crystals[(crystals.Length * part / count)..(crystals.Length * (part + 1) / count)]
                )),
        ];
    }
}
