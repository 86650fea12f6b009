using Kagome.Core.Structures;
using Kagome.Sampling.Crystals;
using static TorchSharp.torch;

namespace Kagome.Cli.Benchmarks;

/// <summary>Random crystals of one size as a network takes them.</summary>
internal sealed class BenchmarkBatch : IDisposable
{
    private BenchmarkBatch(StructureBatch crystals, Tensor times) => (Crystals, Times) = (crystals, times);

    public StructureBatch Crystals { get; }

    /// <summary>[crystals], int64</summary>
    public Tensor Times { get; }

    public long CrystalCount => Times.shape[0];

    public static BenchmarkBatch Create(int crystalCount, int atomCount, long seed) =>
        Of(RandomCrystals.Create(crystalCount, atomCount, new Random(unchecked((int)seed))));

    /// <param name="structures">Of one size.</param>
    public static BenchmarkBatch Of(IReadOnlyList<Structure> structures)
    {
        using Tensor like = zeros(1);
        return new BenchmarkBatch(
            StructureBatch.Of(structures, like),
            arange(1, structures.Count + 1, dtype: ScalarType.Int64)
        );
    }

    public void Dispose()
    {
        Crystals.AtomicNumbers.Dispose();
        Crystals.State.Coordinates.Dispose();
        Crystals.State.Lattices.Dispose();
        Times.Dispose();
    }
}
