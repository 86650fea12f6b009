using static TorchSharp.torch;

namespace Kagome.Training.Optimization;

/// <summary>Where a matrix lies in a vector of all weights.</summary>
/// <param name="Start">Of its first entry.</param>
/// <param name="Rows">Outputs.</param>
/// <param name="Columns">Inputs.</param>
internal readonly record struct MatrixPlace(long Start, long Rows, long Columns)
{
    /// <summary>The matrix as a view of the vector.</summary>
    public Tensor Of(Tensor vector) => vector.narrow(0, Start, Rows * Columns).view(Rows, Columns);
}
