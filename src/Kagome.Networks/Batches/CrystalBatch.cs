using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Batches;

/// <summary>Crystals of any sizes as a network takes them.</summary>
/// <param name="Layout">Which atoms belong to which crystal.</param>
/// <param name="AtomicNumbers">[atoms], int64</param>
/// <param name="Coordinates">Fractional; any real numbers. [atoms, 3]</param>
/// <param name="Lattices">Rows a, b, c in Å. [crystals, 3, 3]</param>
/// <param name="Times">The noise levels; 0 for clean crystals. [crystals]</param>
public sealed record CrystalBatch(
    CrystalLayout Layout,
    Tensor AtomicNumbers,
    Tensor Coordinates,
    Tensor Lattices,
    Tensor Times
)
{
    /// <summary>Clean crystals, in the type and on the device of a tensor.</summary>
    /// <param name="crystals">At least one.</param>
    /// <param name="like">Usually a weight of the network.</param>
    /// <exception cref="ArgumentException">There is no crystal.</exception>
    public static CrystalBatch Of(IReadOnlyList<Structure> crystals, Tensor like)
    {
        using DisposeScope scope = NewDisposeScope();
        CrystalLayout layout = new([.. crystals.Select(crystal => crystal.AtomCount)]);
        Site[] sites = [.. crystals.SelectMany(crystal => crystal.Sites)];
        long[] numbers = [.. sites.Select(site => (long)site.Element.AtomicNumber)];
        IEnumerable<double> positions = sites.SelectMany(site =>
            new[] { site.Position.X, site.Position.Y, site.Position.Z }
        );
        return new CrystalBatch(
            layout,
            tensor(numbers).to(like.device).MoveToOuterDisposeScope(),
            Place(positions).view(layout.AtomTotal, 3).MoveToOuterDisposeScope(),
            Place(crystals.SelectMany(crystal => Rows(crystal.Lattice)))
                .view(layout.CrystalCount, 3, 3)
                .MoveToOuterDisposeScope(),
            zeros(layout.CrystalCount, dtype: ScalarType.Int64, device: like.device).MoveToOuterDisposeScope()
        );
        Tensor Place(IEnumerable<double> values) => tensor(values.ToArray()).to(like.dtype).to(like.device);
    }

    private static IEnumerable<double> Rows(Lattice lattice) =>
        new[] { lattice.A, lattice.B, lattice.C }.SelectMany(row => new[] { row.X, row.Y, row.Z });
}
