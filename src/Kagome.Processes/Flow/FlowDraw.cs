using static TorchSharp.torch;

namespace Kagome.Processes.Flow;

/// <summary>A place on the way from noise to a clean state, and where the noise lies from there.</summary>
/// <param name="State">Its lattices are symmetric.</param>
/// <param name="Logarithms">Of these lattices. [batch, 3, 3]</param>
/// <param name="Times">Noise levels. [batch], int64</param>
/// <param name="LatticeTarget">From data to noise, of logarithms. [batch, 3, 3]</param>
/// <param name="CoordinateTarget">From data to noise, the members' means taken off. As the coordinates.</param>
internal sealed record FlowDraw(
    ProcessState State,
    Tensor Logarithms,
    Tensor Times,
    Tensor LatticeTarget,
    Tensor CoordinateTarget
);
