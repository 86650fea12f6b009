using Kagome.Networks.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>A batch's geometry in float32 on the CPU, and the mean and spread of every edge's features.</summary>
internal sealed class PairGeometry
{
    /// <summary>The geometry of a batch, as constants: detached from any gradient.</summary>
    public PairGeometry(EdgeGeometry geometry)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (Layout, WaveCount) = (geometry.Layout, geometry.WaveCount);
        (Waves, Gram) = (geometry.Waves.detach().contiguous(), geometry.Gram.detach().contiguous());
        Tensor[] halves = Waves.chunk(2, dim: 1); // sines, cosines
        Tensor receivers = cat([halves[1] + halves[0], halves[1] - halves[0]], dim: 1);
        Tensor waveSums = empty([Layout.PairTotal], dtype: ScalarType.Float32);
        for (int crystal = 0; crystal < Layout.CrystalCount; crystal++)
        {
            RowProducts.Dot(
                OfAtoms(Rows.Of(receivers), crystal),
                OfAtoms(Rows.Of(Waves), crystal),
                2 * WaveCount,
                OfPairs(Rows.Of(waveSums), crystal)
            );
        }

        Tensor gramSums = Gram.sum(1);
        Tensor gramSquares = Gram.square().sum(1);
        if (Layout.IsUniform)
        {
            Tensor byCrystal = waveSums.view(Layout.CrystalCount, -1);
            (Means, Scales) = geometry.Normalise(byCrystal, gramSums.unsqueeze(1), gramSquares.unsqueeze(1));
        }
        else
        {
            Tensor pairs = tensor(Layout.AtomCounts.Select(count => (long)count * count).ToArray());
            Tensor crystalOfPairs = arange(Layout.CrystalCount).repeat_interleave(pairs);
            (Means, Scales) = geometry.Normalise(
                waveSums,
                gramSums.index_select(0, crystalOfPairs),
                gramSquares.index_select(0, crystalOfPairs)
            );
        }

        foreach (Tensor kept in Tensors)
        {
            kept.MoveToOuterDisposeScope();
        }
    }

    /// <summary>As it was, from tensors that were kept for a backward pass.</summary>
    public PairGeometry(CrystalLayout layout, IReadOnlyList<Tensor> tensors)
    {
        Layout = layout;
        (Waves, Gram, Means, Scales) = (tensors[0], tensors[1], tensors[2], tensors[3]);
        WaveCount = (int)Waves.shape[1] / 2;
    }

    public CrystalLayout Layout { get; }

    /// <summary>F</summary>
    public int WaveCount { get; }

    /// <summary>[atoms, 2F]</summary>
    public Tensor Waves { get; }

    /// <summary>[crystals, 9]</summary>
    public Tensor Gram { get; }

    /// <summary>μ of the pairs of each crystal in turn.</summary>
    public Tensor Means { get; }

    /// <summary>r of the pairs of each crystal in turn.</summary>
    public Tensor Scales { get; }

    public IReadOnlyList<Tensor> Tensors => [Waves, Gram, Means, Scales];

    /// <summary>The rows of a crystal's atoms among those of all atoms.</summary>
    public Rows OfAtoms(Rows atoms, int crystal, int column = 0) =>
        atoms.Part(Layout.AtomStarts[crystal], Layout.AtomCounts[crystal], column);

    /// <summary>The rows of a crystal's atoms in one head among those of all heads.</summary>
    public Rows OfHead(Rows heads, int crystal, int head) =>
        heads.Part((head * Layout.AtomTotal) + Layout.AtomStarts[crystal], Layout.AtomCounts[crystal]);

    /// <summary>A crystal's matrix of pairs among numbers that hold one matrix, or a matrix a head, for each crystal in turn.</summary>
    public Rows OfPairs(Rows pairs, int crystal, int heads = 1, int head = 0)
    {
        int atoms = Layout.AtomCounts[crystal];
        return pairs.Square((heads * Layout.PairStarts[crystal]) + (head * atoms * atoms), atoms);
    }
}
