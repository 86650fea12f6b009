using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>Looks an element up in a frozen table and projects what it finds.</summary>
/// <remarks>
/// <para>Shape: atomic numbers [crystals, atoms] (int64) → [crystals, atoms, hidden].</para>
/// <para>Source: DAO's CGCNN table of 92 columns; row = atomic number, row 0 zero. The table is saved with the weights.</para>
/// </remarks>
internal sealed class AtomEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Projection projection;
    private readonly Tensor table;
    private readonly int featureCount;

    /// <param name="table">[atomic numbers, features]</param>
    /// <param name="hiddenDimension">Features per atom.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public AtomEmbedding(Tensor table, int hiddenDimension, Generator generator)
        : base(nameof(AtomEmbedding))
    {
        featureCount = (int)table.shape[1];
        projection = new Projection(featureCount, hiddenDimension, hasBias: true, generator);
        this.table = table.clone().DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>The features of each element.</summary>
    /// <param name="atomicNumbers">Of any shape, int64; each below the number of the table's rows.</param>
    /// <returns>The same shape with an axis of hidden features behind.</returns>
    public override Tensor forward(Tensor atomicNumbers)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = table.index_select(0, atomicNumbers.flatten()); // [crystals·atoms, features]
        return projection.forward(rows.view([.. atomicNumbers.shape, featureCount])).MoveToOuterDisposeScope();
    }
}
