using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Structures;

public sealed class NiggliCellTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Of_any_structure_keeps_all_distances_and_the_order_of_atoms() =>
        UnreducedCrystals.Structure.Sample(structure =>
        {
            Structure reduced = NiggliCell.Of(structure);
            Assert.Equal(structure.Sites.Select(site => site.Element), reduced.Sites.Select(site => site.Element));
            (double[,] expected, double[,] actual) = (
                PeriodicDistances.Matrix(structure),
                PeriodicDistances.Matrix(reduced)
            );
            Assert.All(
                expected.Cast<double>().Zip(actual.Cast<double>()),
                pair => Assert.Equal(pair.First, pair.Second, Tolerance)
            );
        });
}
