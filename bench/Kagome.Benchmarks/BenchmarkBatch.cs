using Kagome.Crystals.Structures;
using Kagome.Networks.Batches;
using Kagome.Processes;
using static TorchSharp.torch;

namespace Kagome.Benchmarks;

/// <summary>Random crystals of one size as both forms of the network take them.</summary>
internal sealed class BenchmarkBatch : IDisposable
{
    private BenchmarkBatch(CrystalBatch batch)
    {
        Batch = batch;
        AtomicNumbers = batch.AtomicNumbers.view(CrystalCount, -1);
        State = new ProcessState(batch.Coordinates.view(CrystalCount, -1, 3), batch.Lattices);
    }

    /// <summary>As the product takes them.</summary>
    public CrystalBatch Batch { get; }

    /// <summary>[crystals, atoms], int64</summary>
    public Tensor AtomicNumbers { get; }

    /// <summary>Coordinates [crystals, atoms, 3] and lattices [crystals, 3, 3].</summary>
    public ProcessState State { get; }

    public int CrystalCount => Batch.Layout.CrystalCount;

    public static BenchmarkBatch Create(int crystalCount, int atomCount, long seed) =>
        Of(RandomCrystals.Create(crystalCount, atomCount, new Random(unchecked((int)seed))));

    /// <param name="structures">All of one size.</param>
    public static BenchmarkBatch Of(IReadOnlyList<Structure> structures)
    {
        using Tensor like = zeros(1);
        CrystalBatch clean = CrystalBatch.Of(structures, like);
        clean.Times.Dispose();
        return new BenchmarkBatch(clean with { Times = arange(1, structures.Count + 1, dtype: ScalarType.Int64) });
    }

    public void Dispose()
    {
        foreach (
            Tensor tensor in new[]
            {
                AtomicNumbers,
                State.Coordinates,
                Batch.AtomicNumbers,
                Batch.Coordinates,
                Batch.Lattices,
                Batch.Times,
            }
        )
        {
            tensor.Dispose();
        }
    }
}
