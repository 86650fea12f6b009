using static TorchSharp.torch;

namespace Kagome.Processes.Noise;

/// <summary>Random numbers for a batch whose members each have a generator of their own.</summary>
/// <remarks>What a member draws depends on its seed and on the order of the draws, not on who else is in the batch.</remarks>
/// <param name="seeds">One for each member, in their order.</param>
/// <param name="points">How many points each member has, where they differ: draws of all points in one column give each member its own.</param>
/// <param name="type">Of the normal and uniform draws.</param>
/// <param name="device">Where the draws go; they are made on the CPU, so that a seed means the same on every device.</param>
public sealed class MemberNoise(
    IEnumerable<long> seeds,
    ScalarType type = ScalarType.Float32,
    Device? device = null,
    IReadOnlyList<int>? points = null
) : INoiseSource, IDisposable
{
    private readonly int pointTotal = points?.Sum() ?? -1;
    private readonly Generator[] generators = [.. seeds.Select(seed => new Generator((ulong)seed, CPU))];
    private readonly Device device = device ?? CPU;

    /// <inheritdoc/>
    /// <param name="shape">[members, …] or [points of all members, …]</param>
    public Tensor Normal(params long[] shape) =>
        Stack(shape, (rest, generator) => randn(rest, dtype: type, generator: generator));

    /// <inheritdoc/>
    /// <param name="shape">[members, …] or [points of all members, …]</param>
    public Tensor Uniform(params long[] shape) =>
        Stack(shape, (rest, generator) => rand(rest, dtype: type, generator: generator));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The count is neither that of the members nor that of all their points.</exception>
    public Tensor Steps(int largest, long count) =>
        Stack([count], (rest, generator) => randint(1, largest + 1L, rest, ScalarType.Int64, generator: generator));

    /// <summary>Frees the generators.</summary>
    public void Dispose()
    {
        foreach (Generator generator in generators)
        {
            generator.Dispose();
        }
    }

    private Tensor Stack(long[] shape, Func<long[], Generator, Tensor> draw)
    {
        if (shape.Length > 0 && shape[0] == pointTotal)
        {
            return Join(shape, draw);
        }

        if (shape.Length == 0 || shape[0] != generators.Length)
        {
            throw new ArgumentException(
                $"The draws have shape [{string.Join(", ", shape)}]; expected {generators.Length} members first.",
                nameof(shape)
            );
        }

        Tensor[] draws = [.. generators.Select(generator => draw(shape[1..], generator))];
        using Tensor stacked = stack(draws);
        foreach (Tensor one in draws)
        {
            one.Dispose();
        }

        return stacked.to(device, copy: true);
    }

    /// <summary>The points of each member in turn, as that member would draw them by itself.</summary>
    private Tensor Join(long[] shape, Func<long[], Generator, Tensor> draw)
    {
        Tensor[] draws = [.. generators.Select((generator, at) => draw([points![at], .. shape[1..]], generator))];
        using Tensor joined = cat(draws, 0);
        foreach (Tensor one in draws)
        {
            one.Dispose();
        }

        return joined.to(device, copy: true);
    }
}
