using Kagome.Networks.Models;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests;

/// <summary>Random crystals of one size.</summary>
internal sealed record Batch(Tensor AtomicNumbers, Tensor Coordinates, Tensor Lattices, Tensor Times)
{
    public static Batch Random(int atoms, int crystals, ScalarType type, ulong seed = 7)
    {
        using Generator generator = new(seed);
        return new Batch(
            randint(1, 100, [crystals, atoms], dtype: ScalarType.Int64, generator: generator),
            rand([crystals, atoms, 3], dtype: type, generator: generator),
            (randn([crystals, 3, 3], dtype: type, generator: generator) * 0.5) + (4 * eye(3, dtype: type)),
            randint(0, 1000, [crystals], dtype: ScalarType.Int64, generator: generator)
        );
    }

    public CrysformerOutput Evaluate(Crysformer network) =>
        network.Evaluate(AtomicNumbers, Coordinates, Lattices, Times);
}
