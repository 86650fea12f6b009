using static TorchSharp.torch;

namespace Kagome.Processes;

/// <summary>A model of the noise in a state; what the process knows of a network.</summary>
/// <param name="state">Noisy, as the process made it.</param>
/// <param name="times">The noise level of each member, 1 … T. [batch], int64</param>
public delegate DenoiserOutput Denoiser(ProcessState state, Tensor times);
