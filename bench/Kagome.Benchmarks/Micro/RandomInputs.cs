using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Networks;
using Kagome.Networks.Batches;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Micro;

/// <summary>What the benchmarks work on, always the same.</summary>
internal static class RandomInputs
{
    private const int Seed = 1;
    private const int ElementCount = 100;

    /// <summary>As every worker of predictions and training does; libtorch keeps the number for each thread that calls it.</summary>
    public static void UseOneThread() => set_num_threads(1);

    public static Crysformer Network(CrysformerConfiguration shape)
    {
        using Generator generator = new(Seed);
        using Tensor table = rand([ElementCount + 1, shape.ElementFeatureCount], generator: generator);
        return new Crysformer(shape, table, generator);
    }

    public static CrystalBatch Batch(int crystals, int atoms)
    {
        using Generator generator = new(Seed);
        CrystalLayout layout = CrystalLayout.Uniform(crystals, atoms);
        return new CrystalBatch(
            layout,
            randint(1, ElementCount + 1, [layout.AtomTotal], dtype: ScalarType.Int64, generator: generator),
            rand([layout.AtomTotal, 3], generator: generator),
            (4 * eye(3)) + rand([crystals, 3, 3], generator: generator),
            arange(1, crystals + 1, dtype: ScalarType.Int64)
        );
    }

    /// <summary>Crystals of the same elements, of which some are copies a little shaken.</summary>
    public static Structure[] Crystals(int count, int atoms)
    {
        Random random = new(Seed);
        Structure first = Crystal(atoms, random);
        return
        [
            .. Enumerable.Range(0, count).Select(at => at % 2 == 0 ? Shaken(first, random) : Crystal(atoms, random)),
        ];
    }

    private static Structure Crystal(int atoms, Random random) =>
        new(
            Lattice.FromParameters(
                new LatticeParameters(
                    5 + random.NextDouble(),
                    6 + random.NextDouble(),
                    7,
                    85,
                    90 + (9 * random.NextDouble()),
                    95
                )
            ),
            Enumerable
                .Range(0, atoms)
                .Select(atom => new Site(
                    new Element(atom % 2 == 0 ? 8 : 22),
                    new Fractional(random.NextDouble(), random.NextDouble(), random.NextDouble())
                ))
        );

    private static Structure Shaken(Structure crystal, Random random) =>
        new(
            crystal.Lattice,
            crystal.Sites.Select(site =>
                site with
                {
                    Position = (site.Position + new Fractional(0.01 * random.NextDouble(), 0, 0)).Wrap(),
                }
            )
        );
}
