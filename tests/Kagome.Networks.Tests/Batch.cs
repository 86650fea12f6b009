using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests;

/// <summary>Crystals of one size, as a network takes them.</summary>
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

    /// <summary>One crystal in float64, at a noise level.</summary>
    public static Batch Of(Structure crystal, int time)
    {
        Cartesian[] rows = [crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C];
        return new Batch(
            tensor(crystal.Sites.Select(site => KnownElement(site.Element.AtomicNumber)).ToArray()).unsqueeze(0),
            tensor(crystal.Sites.SelectMany(site => Numbers(site.Position)).ToArray()).view(1, -1, 3),
            tensor(rows.SelectMany(row => new[] { row.X, row.Y, row.Z }).ToArray()).view(1, 3, 3),
            tensor(new[] { (long)time })
        );
    }

    /// <summary>The crystal at a place, as a batch of one.</summary>
    public Batch At(long place) =>
        new(
            AtomicNumbers.narrow(0, place, 1),
            Coordinates.narrow(0, place, 1),
            Lattices.narrow(0, place, 1),
            Times.narrow(0, place, 1)
        );

    public CrysformerOutput Evaluate(Crysformer network) => Evaluate(OneSize.Of(network));

    public CrysformerOutput Evaluate(Func<Tensor, Tensor, Tensor, Tensor, CrysformerOutput> evaluate) =>
        evaluate(AtomicNumbers, Coordinates, Lattices, Times);

    /// <summary>The element table ends at fermium; heavier elements stand for light ones.</summary>
    private static long KnownElement(int atomicNumber) => ((atomicNumber - 1) % 100) + 1;

    private static double[] Numbers(Fractional position) => [position.X, position.Y, position.Z];
}
