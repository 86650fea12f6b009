using static TorchSharp.torch;

namespace Kagome.Processes.Noise;

/// <summary>Where a process takes its random numbers from: a seeded generator, or a recording in a test.</summary>
/// <remarks>The order of the draws is part of a process's contract, so that a recording can be replayed.</remarks>
public interface INoiseSource
{
    /// <summary>Independent draws of N(0, 1).</summary>
    Tensor Normal(params long[] shape);

    /// <summary>Independent draws of U[0, 1).</summary>
    Tensor Uniform(params long[] shape);

    /// <summary>Independent whole numbers, each of 1 … <paramref name="largest"/> equally likely (int64).</summary>
    Tensor Steps(int largest, long count);
}
