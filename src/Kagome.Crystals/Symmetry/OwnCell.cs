using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>What the symmetry of the primitive cell says in the cell that a crystal was given in.</summary>
internal static class OwnCell
{
    /// <summary>The operations that keep the lattice of the given cell, with all translations within it.</summary>
    public static ImmutableArray<SymmetryOperation> Operations(PrimitiveCrystal primitive, IdentifiedGroup group)
    {
        Fractional[] copies =
        [
            .. new HermiteForm(primitive.Given).Offsets().Select(copy => (Fractional)copy / primitive.Given),
        ];
        ImmutableArray<SymmetryOperation>.Builder all = ImmutableArray.CreateBuilder<SymmetryOperation>();
        foreach (SymmetryOperation operation in group.Operations)
        {
            if (primitive.Given.RotationIn(operation.Rotation) is { } rotation)
            {
                Fractional shift = operation.Translation / primitive.Given;
                all.AddRange(copies.Select(copy => new SymmetryOperation(rotation, (shift + copy).Wrap())));
            }
        }

        return all.ToImmutable();
    }

    /// <summary>The structure with its atoms and its cell at exact symmetry, and how far in Å they were moved.</summary>
    public static (Structure Structure, double LargestDisplacement) Symmetrised(
        Structure given,
        PrimitiveCrystal primitive,
        ExactPrimitive exact
    )
    {
        double largest = Math.Max(
            (exact.Lattice.A - primitive.Cell.Lattice.A).Length,
            Math.Max(
                (exact.Lattice.B - primitive.Cell.Lattice.B).Length,
                (exact.Lattice.C - primitive.Cell.Lattice.C).Length
            )
        );
        Site[] sites = new Site[given.AtomCount];
        for (int atom = 0; atom < sites.Length; atom++)
        {
            Site site = given.Sites[atom];
            Fractional way = (
                exact.Positions[primitive.AtomOf[atom]] - (site.Position * primitive.Given)
            ).WrapToNearest();
            largest = Math.Max(largest, exact.Lattice.ToCartesian(way).Length);
            sites[atom] = site with { Position = site.Position + (way / primitive.Given) };
        }

        return (new(exact.Lattice.Transform(primitive.Given), sites), largest);
    }
}
