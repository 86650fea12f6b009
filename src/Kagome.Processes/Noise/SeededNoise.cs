using static TorchSharp.torch;

namespace Kagome.Processes.Noise;

/// <summary>Random numbers from a generator of its own: same seed, same numbers.</summary>
public sealed class SeededNoise(long seed, ScalarType type = ScalarType.Float32, Device? device = null)
    : INoiseSource,
        IDisposable
{
    // drawn on the CPU, so that a seed means the same on every device
    private readonly Generator generator = new((ulong)seed, CPU);
    private readonly Device device = device ?? CPU;

    /// <inheritdoc/>
    public Tensor Normal(params long[] shape) => Place(randn(shape, dtype: type, generator: generator));

    /// <inheritdoc/>
    public Tensor Uniform(params long[] shape) => Place(rand(shape, dtype: type, generator: generator));

    /// <inheritdoc/>
    public Tensor Steps(int largest, long count) =>
        Place(randint(1, largest + 1L, [count], dtype: ScalarType.Int64, generator: generator));

    /// <summary>Frees the generator.</summary>
    public void Dispose() => generator.Dispose();

    private Tensor Place(Tensor tensor) => tensor.to(device);
}
