using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Batches;

/// <summary>Which atoms of a batch belong to which crystal: the atoms of all crystals stand in one column, crystal by crystal.</summary>
/// <remarks>
/// Crystals of any sizes share a batch without padding: all that is done per atom needs no layout, and what is done among the
/// atoms of a crystal goes by <see cref="AtomStarts"/>.
/// </remarks>
public sealed class CrystalLayout
{
    /// <param name="atomCounts">Atoms of each crystal, each above 0.</param>
    public CrystalLayout(IReadOnlyList<int> atomCounts)
    {
        if (atomCounts.Count == 0 || atomCounts.Any(count => count < 1))
        {
            throw new ArgumentException(
                $"Atom counts are [{string.Join(", ", atomCounts.Take(20))}]; expected one or more, each above 0.",
                nameof(atomCounts)
            );
        }

        AtomCounts = [.. atomCounts];
        AtomStarts = Starts(AtomCounts);
        PairStarts = Starts([.. AtomCounts.Select(count => checked(count * count))]);
        IsUniform = AtomCounts.All(count => count == AtomCounts[0]);
    }

    /// <summary>Atoms of each crystal.</summary>
    public IReadOnlyList<int> AtomCounts { get; }

    /// <summary>Crystals in the batch; at least 1.</summary>
    public int CrystalCount => AtomCounts.Count;

    /// <summary>Whether all crystals have as many atoms.</summary>
    public bool IsUniform { get; }

    /// <summary>Atoms of the crystal that has most.</summary>
    public int LargestAtomCount => AtomCounts.Max();

    /// <summary>Atoms in all.</summary>
    public int AtomTotal => AtomStarts[^1];

    /// <summary>Ordered pairs of atoms of one crystal, in all.</summary>
    public int PairTotal => PairStarts[^1];

    /// <summary>Where the atoms of each crystal begin; one more entry, the end.</summary>
    public IReadOnlyList<int> AtomStarts { get; }

    /// <summary>Where the pairs of each crystal begin; one more entry, the end.</summary>
    internal int[] PairStarts { get; }

    /// <summary>Crystals of one size.</summary>
    public static CrystalLayout Uniform(long crystals, long atoms) =>
        new([.. Enumerable.Repeat(checked((int)atoms), checked((int)crystals))]);

    /// <summary>Gives every atom its crystal's row.</summary>
    /// <remarks>Shape: [crystals, features] → [atoms, features].</remarks>
    public Tensor Spread(Tensor crystals)
    {
        using DisposeScope scope = NewDisposeScope();
        return (
            IsUniform
                ? crystals.unsqueeze(1).expand(-1, AtomCounts[0], -1).reshape(AtomTotal, -1)
                : crystals.index_select(0, CrystalOfAtoms(crystals.device))
        ).MoveToOuterDisposeScope();
    }

    /// <summary>The mean over each crystal's atoms.</summary>
    /// <remarks>Shape: [atoms, features] → [crystals, features].</remarks>
    public Tensor Mean(Tensor atoms)
    {
        using DisposeScope scope = NewDisposeScope();
        if (IsUniform)
        {
            return atoms.view(CrystalCount, AtomCounts[0], -1).mean([1]).MoveToOuterDisposeScope();
        }

        Tensor counts = tensor(AtomCounts.Select(count => (long)count).ToArray(), device: atoms.device);
        Tensor sums = zeros([CrystalCount, atoms.shape[1]], dtype: atoms.dtype, device: atoms.device)
            .index_add(0, CrystalOfAtoms(atoms.device), atoms, alpha: 1);
        return (sums / counts.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>The number of each atom's crystal: [atoms], int64.</summary>
    public Tensor CrystalOfAtoms(Device device)
    {
        long[] crystals = new long[AtomTotal];
        for (int crystal = 0; crystal < CrystalCount; crystal++)
        {
            crystals.AsSpan(AtomStarts[crystal], AtomCounts[crystal]).Fill(crystal);
        }

        return tensor(crystals, device: device);
    }

    private static int[] Starts(IReadOnlyList<int> counts)
    {
        int[] starts = new int[counts.Count + 1];
        for (int at = 0; at < counts.Count; at++)
        {
            starts[at + 1] = checked(starts[at] + counts[at]);
        }

        return starts;
    }
}
