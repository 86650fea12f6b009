using static TorchSharp.torch;

namespace Kagome.Processes;

/// <summary>What a process acts on: points on a torus and a 3 x 3 matrix, for each member of a batch.</summary>
/// <param name="Coordinates">Of period 1. [batch, points, 3]; or [points of all members, 3], where their numbers differ</param>
/// <param name="Lattices">[batch, 3, 3]</param>
public sealed record ProcessState(Tensor Coordinates, Tensor Lattices);
