using Kagome.Core.Compositions;

namespace Kagome.Cli.Prediction;

/// <summary>A formula with the cells to try.</summary>
/// <param name="Formula">As the user wrote it.</param>
/// <param name="Composition">What the user wrote.</param>
/// <param name="Cells">Formula units of each cell to sample, ascending, with the number of samples.</param>
internal sealed record PredictionTarget(
    string Formula,
    Composition Composition,
    IReadOnlyList<(int Z, int Samples)> Cells
)
{
    /// <summary>The composition of the cell with Z formula units.</summary>
    public Composition Cell(int z) => Composition.Reduced.Times(z);

    public int LargestAtomCount => Cells.Max(cell => Cell(cell.Z).AtomCount);
}
