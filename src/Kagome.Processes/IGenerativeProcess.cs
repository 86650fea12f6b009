using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using static TorchSharp.torch;

namespace Kagome.Processes;

/// <summary>A way from noise to data that a denoiser learns and then walks.</summary>
public interface IGenerativeProcess
{
    /// <summary>T: the noise levels that a denoiser is asked about are 1 … T.</summary>
    int StepCount { get; }

    /// <summary>Adds noise of random size to clean states and measures what the denoiser makes of them.</summary>
    /// <param name="denoiser">The model in training.</param>
    /// <param name="clean">Data.</param>
    /// <param name="noise">Draws, in this order: times, lattice noise, coordinate noise.</param>
    /// <param name="members">Whose each point is, where coordinates are [points of all members, 3]: [points], int64. Null for [batch, points, 3].</param>
    TrainingLosses Loss(Denoiser denoiser, ProcessState clean, INoiseSource noise, Tensor? members = null);
}
