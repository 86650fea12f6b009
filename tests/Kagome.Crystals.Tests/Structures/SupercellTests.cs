using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Structures;

public sealed class SupercellTests
{
    private const double Tolerance = 1e-6;

    private static readonly Gen<IntegerMatrix3> Matrix = Gen.Int[-3, 3]
        .Array[9]
        .Select(m => new IntegerMatrix3(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]))
        .Where(matrix => matrix.Determinant != 0 && Math.Abs(matrix.Determinant) <= 20);

    [Fact]
    public void Of_any_matrix_has_as_many_copies_as_the_determinant_says() =>
        Gen.Select(UnreducedCrystals.Structure, Matrix)
            .Sample(
                (structure, matrix) =>
                {
                    int copies = Math.Abs(matrix.Determinant);
                    Structure supercell = Supercell.Of(structure, matrix);
                    Assert.Equal(structure.Composition.Times(copies), supercell.Composition);
                    Assert.Equal(1, supercell.VolumePerAtom / structure.VolumePerAtom, Tolerance);
                }
            );

    [Fact]
    public void Of_any_matrix_puts_each_copy_at_another_copy_of_its_atom() =>
        Gen.Select(UnreducedCrystals.Structure, Matrix)
            .Sample(
                (structure, matrix) =>
                {
                    Structure supercell = Supercell.Of(structure, matrix);
                    int copies = Math.Abs(matrix.Determinant);
                    for (int index = 0; index < supercell.AtomCount; index++)
                    {
                        Site original = structure.Sites[index / copies];
                        Site copy = supercell.Sites[index];
                        Fractional moved = (copy.Position * matrix - original.Position).WrapToNearest();
                        Assert.Equal(original.Element, copy.Element);
                        Assert.Equal(0, structure.Lattice.ToCartesian(moved).Length, Tolerance);
                    }
                },
                iter: 200
            );

    [Fact]
    public void Of_any_matrix_keeps_the_shortest_distance() =>
        Gen.Select(UnreducedCrystals.Structure, Matrix)
            .Sample(
                (structure, matrix) =>
                {
                    // copies that fell onto each other would be 0 Å apart
                    double expected = PeriodicDistances.Shortest(structure);
                    double actual = PeriodicDistances.Shortest(Supercell.Of(structure, matrix));
                    Assert.Equal(expected, actual, Tolerance);
                },
                iter: 200
            );

    [Fact]
    public void Of_zero_determinant_names_the_matrix() =>
        Assert.Contains(
            "determinant 0",
            Assert.Throws<ArgumentException>(() => Supercell.Of(Sodium(), 1, 0, 1)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_too_many_atoms_is_refused() =>
        Assert.Throws<ArgumentException>(() => Supercell.Of(Sodium(), 1_000_000, 1_000_000, 1_000_000));

    private static Structure Sodium() => new(Lattice.Cubic(4), [new Site(new Element(11), default)]);
}
