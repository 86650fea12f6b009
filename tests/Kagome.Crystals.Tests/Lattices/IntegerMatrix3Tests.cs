using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Tests.Lattices;

public sealed class IntegerMatrix3Tests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Division_undoes_multiplication() =>
        Gen.Select(UnreducedCrystals.Position, Gen.Int[-9, 9].Array[9])
            .Where((_, entries) => Matrix(entries).Determinant != 0)
            .Sample(
                (row, entries) =>
                {
                    Fractional back = row * Matrix(entries) / Matrix(entries) - row;
                    return Math.Abs(back.X) + Math.Abs(back.Y) + Math.Abs(back.Z) < Tolerance;
                }
            );

    [Fact]
    public void Division_by_large_entries_does_not_wrap_around()
    {
        IntegerMatrix3 shear = new(1, 2_000_000_000, 0, 0, 1, 2_000_000_000, 0, 0, 1);
        Assert.Equal(new Fractional(1, -2e9, 4e18), new Fractional(1, 0, 0) / shear);
    }

    [Fact]
    public void ExactDeterminant_small_entries_equals_determinant() =>
        Gen.Int[-9, 9].Array[9].Sample(entries => Matrix(entries).ExactDeterminant == Matrix(entries).Determinant);

    [Fact]
    public void ExactDeterminant_large_entries_does_not_wrap_around() =>
        Assert.Equal(
            1_000_000_000_000_000_000,
            IntegerMatrix3.Diagonal(1_000_000, 1_000_000, 1_000_000).ExactDeterminant
        );

    private static IntegerMatrix3 Matrix(int[] m) => new(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
}
