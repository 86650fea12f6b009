using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Kagome.Core.Elements;
using Kagome.Core.Lattices;
using Kagome.Core.Structures;
using static TorchSharp.torch;

namespace Kagome.Training.Data;

/// <summary>Crystals to learn from, grouped by atom count and held as plain numbers.</summary>
/// <param name="labelName">The label to keep, by its name in the data; null for none.</param>
public sealed class TrainingSet(string? labelName = null)
{
    private readonly SortedDictionary<int, Group> groups = [];

    /// <summary>Crystals in all.</summary>
    public int Count => groups.Values.Sum(group => group.Ids.Count);

    /// <summary>Atom counts with the number of crystals of each, ascending.</summary>
    public IEnumerable<(int AtomCount, int CrystalCount)> Sizes =>
        groups.Select(pair => (pair.Key, pair.Value.Ids.Count));

    public int LargestAtomCount => groups.Count == 0 ? 0 : groups.Keys.Last();

    /// <summary>How many crystals hold each element, by atomic number.</summary>
    public SortedDictionary<int, int> ElementCounts { get; } = [];

    /// <summary>Crystals by the atoms of their formula unit and then by their formula units Z.</summary>
    public SortedDictionary<int, SortedDictionary<int, int>> FormulaUnitCounts { get; } = [];

    /// <summary>The labels that are known, in no meaningful order.</summary>
    public IEnumerable<double> Labels =>
        groups.Values.SelectMany(group => group.Labels).Where(float.IsFinite).Select(label => (double)label);

    /// <summary>A number that changes with any id, element, position, cell or kept label, and with the order of the crystals.</summary>
    public string Fingerprint
    {
        get
        {
            XxHash64 hash = new();
            foreach (Group group in groups.Values)
            {
                group.Ids.ForEach(id => hash.Append(Encoding.UTF8.GetBytes($"{id}\0")));
                hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(group.AtomicNumbers)));
                hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(group.Coordinates)));
                hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(group.Lattices)));
                hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(group.Labels)));
            }

            return Convert.ToHexStringLower(hash.GetCurrentHash());
        }
    }

    public void Add(CrystalRecord record)
    {
        Structure structure = record.Structure;
        if (!groups.TryGetValue(structure.AtomCount, out Group? group))
        {
            groups[structure.AtomCount] = group = new Group();
        }

        group.Ids.Add(record.Id);
        if (labelName is not null)
        {
            group.Labels.Add(
                record.Labels.TryGetValue(labelName, out double label) && double.IsFinite(label)
                    ? (float)label
                    : float.NaN
            );
        }

        foreach (Site site in structure.Sites)
        {
            group.AtomicNumbers.Add((byte)site.Element.AtomicNumber);
            Append(group.Coordinates, site.Position.X, site.Position.Y, site.Position.Z);
        }

        foreach (Cartesian row in new[] { structure.Lattice.A, structure.Lattice.B, structure.Lattice.C })
        {
            Append(group.Lattices, row.X, row.Y, row.Z);
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
    public IReadOnlyList<string> Ids(BatchIndices batch) =>
        [.. batch.Crystals.Select(crystal => groups[batch.AtomCount].Ids[crystal])];

    /// <summary>The crystals of an atom count at the given places.</summary>
    public TrainingBatch Batch(BatchIndices indices, Device? device = null)
    {
        Group group = groups[indices.AtomCount];
        int atoms = indices.AtomCount;
        int crystals = indices.Crystals.Length;
        long[] atomicNumbers = new long[crystals * atoms];
        float[] coordinates = new float[crystals * atoms * 3];
        float[] lattices = new float[crystals * 9];
        for (int row = 0; row < crystals; row++)
        {
            int crystal = indices.Crystals[row];
            for (int atom = 0; atom < atoms; atom++)
            {
                atomicNumbers[(row * atoms) + atom] = group.AtomicNumbers[(crystal * atoms) + atom];
            }

            group.Coordinates.CopyTo(crystal * atoms * 3, coordinates, row * atoms * 3, atoms * 3);
            group.Lattices.CopyTo(crystal * 9, lattices, row * 9, 9);
        }

        return new TrainingBatch(
            crystals,
            tensor(atomicNumbers).view(crystals, atoms).to(device ?? CPU),
            tensor(coordinates).view(crystals, atoms, 3).to(device ?? CPU),
            tensor(lattices).view(crystals, 3, 3).to(device ?? CPU),
            labelName is null
                ? null
                : tensor(indices.Crystals.Select(crystal => group.Labels[crystal]).ToArray()).to(device ?? CPU)
        );
    }

    private static void Append(List<float> values, double x, double y, double z)
    {
        values.Add((float)x);
        values.Add((float)y);
        values.Add((float)z);
    }

    private sealed class Group
    {
        public List<string> Ids { get; } = [];

        public List<byte> AtomicNumbers { get; } = [];

        public List<float> Coordinates { get; } = [];

        public List<float> Lattices { get; } = [];

        /// <summary>One a crystal where the set keeps a label; NaN where it is not known.</summary>
        public List<float> Labels { get; } = [];
    }
}
