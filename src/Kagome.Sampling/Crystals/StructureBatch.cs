using Kagome.Core.Lattices;
using Kagome.Core.Structures;
using Kagome.Processes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Sampling.Crystals;

/// <summary>Crystals of one atom count as tensors.</summary>
/// <param name="AtomicNumbers">[crystals, atoms], int64</param>
/// <param name="State">Fractional coordinates and lattices in Å.</param>
public sealed record StructureBatch(Tensor AtomicNumbers, ProcessState State)
{
    /// <summary>The crystals in the type and on the device of a tensor.</summary>
    /// <exception cref="ArgumentException">There is none, or their atom counts differ.</exception>
    public static StructureBatch Of(IReadOnlyList<Structure> crystals, Tensor like)
    {
        if (crystals.Select(crystal => crystal.AtomCount).Distinct().Count() != 1)
        {
            throw new ArgumentException(
                $"The {crystals.Count} crystals have {string.Join(", ", crystals.Select(crystal => crystal.AtomCount).Distinct())} atoms; expected at least one crystal and one atom count.",
                nameof(crystals)
            );
        }

        using DisposeScope scope = NewDisposeScope();
        Site[] sites = [.. crystals.SelectMany(crystal => crystal.Sites)];
        Tensor numbers = tensor(sites.Select(site => (long)site.Element.AtomicNumber).ToArray());
        return new StructureBatch(
            numbers.view(crystals.Count, -1).to(like.device).MoveToOuterDisposeScope(),
            new ProcessState(
                Place(sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z }))
                    .view(crystals.Count, -1, 3)
                    .MoveToOuterDisposeScope(),
                Place(crystals.SelectMany(crystal => Rows(crystal.Lattice)))
                    .view(crystals.Count, 3, 3)
                    .MoveToOuterDisposeScope()
            )
        );
        Tensor Place(IEnumerable<double> values) => tensor(values.ToArray()).to(like.dtype).to(like.device);
    }

    private static IEnumerable<double> Rows(Lattice lattice) =>
        new[] { lattice.A, lattice.B, lattice.C }.SelectMany(row => new[] { row.X, row.Y, row.Z });
}
