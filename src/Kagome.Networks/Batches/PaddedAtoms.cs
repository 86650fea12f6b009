using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Batches;

/// <summary>Atoms as a block of equal rows, for tensor operations among the atoms of each crystal.</summary>
/// <remarks>Smaller crystals are filled up with copies of the batch's first atom; <see cref="IsFilling"/> says where.</remarks>
internal sealed class PaddedAtoms
{
    private readonly CrystalLayout layout;
    private readonly Tensor? places;
    private readonly Tensor? origins;

    public PaddedAtoms(CrystalLayout layout, Device device)
    {
        this.layout = layout;
        if (layout.IsUniform)
        {
            return;
        }

        int width = layout.LargestAtomCount;
        long[] padded = new long[layout.CrystalCount * width];
        long[] unpadded = new long[layout.AtomTotal];
        bool[] filling = new bool[padded.Length];
        Array.Fill(filling, true);
        for (int crystal = 0; crystal < layout.CrystalCount; crystal++)
        {
            for (int atom = 0; atom < layout.AtomCounts[crystal]; atom++)
            {
                int place = (crystal * width) + atom;
                padded[place] = layout.AtomStarts[crystal] + atom;
                unpadded[layout.AtomStarts[crystal] + atom] = place;
                filling[place] = false;
            }
        }

        (origins, places) = (tensor(padded, device: device), tensor(unpadded, device: device));
        IsFilling = tensor(filling, device: device).view(layout.CrystalCount, width);
    }

    /// <summary>[crystals, largest atom count]; null where all crystals have as many atoms.</summary>
    public Tensor? IsFilling { get; }

    /// <summary>[..., atoms, features] → [..., crystals, largest atom count, features]</summary>
    public Tensor Pad(Tensor atoms)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = origins is null ? atoms : atoms.index_select(-2, origins);
        long[] shape = [.. atoms.shape[..^2], layout.CrystalCount, layout.LargestAtomCount, atoms.shape[^1]];
        return rows.reshape(shape).MoveToOuterDisposeScope();
    }

    /// <summary>[..., crystals, largest atom count, features] → [..., atoms, features]</summary>
    public Tensor Unpad(Tensor padded)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = padded.flatten(padded.ndim - 3, padded.ndim - 2);
        return (places is null ? rows : rows.index_select(-2, places)).MoveToOuterDisposeScope();
    }
}
