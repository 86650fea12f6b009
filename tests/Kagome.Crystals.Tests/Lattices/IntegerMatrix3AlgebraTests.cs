using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Tests.Lattices;

public sealed class IntegerMatrix3AlgebraTests
{
    private static readonly IntegerMatrix3 Counting = new(1, 2, 3, 4, 5, 6, 7, 8, 10);

    // small entries: no product of three overflows
    private static readonly Gen<IntegerMatrix3> Matrices = Gen.Int[-9, 9]
        .Array[9]
        .Select(m => new IntegerMatrix3(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]));

    [Fact]
    public void Determinant_of_a_matrix_worked_out_by_hand() => Assert.Equal(-3, Counting.Determinant);

    [Fact]
    public void Determinant_of_a_diagonal_is_its_product() =>
        Assert.Equal(-30, IntegerMatrix3.Diagonal(2, -3, 5).Determinant);

    [Fact]
    public void Determinant_of_a_product_is_the_product_of_determinants() =>
        Gen.Select(Matrices, Matrices)
            .Sample((left, right) => (left * right).Determinant == left.Determinant * right.Determinant);

    [Fact]
    public void Product_of_two_matrices_worked_out_by_hand() =>
        Assert.Equal(
            new IntegerMatrix3(2, 1, 3, 5, 4, 6, 8, 7, 10),
            Counting * new IntegerMatrix3(0, 1, 0, 1, 0, 0, 0, 0, 1)
        );

    [Fact]
    public void Product_with_the_identity_changes_nothing() =>
        Matrices.Sample(matrix =>
            matrix * IntegerMatrix3.Identity == matrix && IntegerMatrix3.Identity * matrix == matrix
        );

    [Fact]
    public void Product_is_associative() =>
        Gen.Select(Matrices, Matrices, Matrices)
            .Sample((first, second, third) => (first * second) * third == first * (second * third));

    [Fact]
    public void Indexer_reads_row_by_row() =>
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8, 10],
            Enumerable.Range(0, 9).Select(index => Counting[index / 3, index % 3])
        );

    [Fact]
    public void Indexer_past_the_last_row_throws_naming_the_place()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Counting[3, 0]);
        Assert.Contains("(3, 0)", error.Message, StringComparison.Ordinal);
    }
}
