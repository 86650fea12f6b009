using System.Buffers;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>The kernels of a batch's crystals.</summary>
internal sealed class CrystalKernels(PairGeometry geometry)
{
    private readonly Rows waves = Rows.Of(geometry.Waves);
    private readonly Rows gram = Rows.Of(geometry.Gram);
    private readonly Rows means = Rows.Of(geometry.Means);
    private readonly Rows scales = Rows.Of(geometry.Scales);

    /// <param name="kernel">Of the crystal.</param>
    /// <param name="crystal">Its number.</param>
    /// <param name="first">A scratch matrix [atoms, atoms].</param>
    /// <param name="second">Another.</param>
    public delegate void Work(CrystalKernel kernel, int crystal, Rows first, Rows second);

    /// <summary>Does the work of every crystal; side by side where libtorch has several threads.</summary>
    public void ForEach(Work work)
    {
        int crystals = geometry.Layout.CrystalCount;
        int threads = Math.Min(get_num_threads(), crystals);
        if (threads > 1)
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
            Parallel.For(0, crystals, options, crystal => Do(work, crystal));
            return;
        }

        for (int crystal = 0; crystal < crystals; crystal++)
        {
            Do(work, crystal);
        }
    }

    private unsafe void Do(Work work, int crystal)
    {
        int atoms = geometry.Layout.AtomCounts[crystal];
        float[] buffer = ArrayPool<float>.Shared.Rent(2 * atoms * atoms);
        fixed (float* origin = buffer)
        {
            Rows scratch = new(origin, 1, 2 * atoms * atoms);
            work(Of(crystal), crystal, scratch.Square(0, atoms), scratch.Square(atoms * atoms, atoms));
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    private CrystalKernel Of(int crystal) =>
        new(
            geometry.OfAtoms(waves, crystal),
            gram.Part(crystal, 1),
            geometry.OfPairs(means, crystal),
            geometry.OfPairs(scales, crystal),
            geometry.WaveCount
        );
}
