using static TorchSharp.torch;

namespace Kagome.Processes.Diffusion;

/// <summary>A clean state with noise of known size in it, and what a denoiser should say of it.</summary>
/// <param name="State">The noisy state.</param>
/// <param name="Times">Its noise levels. [batch], int64</param>
/// <param name="LatticeTarget">[batch, 3, 3]</param>
/// <param name="CoordinateTarget">[batch, points, 3]</param>
public sealed record NoisyDraw(ProcessState State, Tensor Times, Tensor LatticeTarget, Tensor CoordinateTarget);
