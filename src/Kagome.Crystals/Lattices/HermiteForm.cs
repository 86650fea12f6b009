namespace Kagome.Crystals.Lattices;

/// <summary>The upper triangular matrix of integers that spans the same sublattice as the rows of a given one.</summary>
/// <remarks>Source: H. Cohen, A Course in Computational Algebraic Number Theory, section 2.4.2. Entries above the diagonal are not made small.</remarks>
internal readonly struct HermiteForm
{
    private readonly long first;
    private readonly long second;
    private readonly long third;

    /// <summary>The matrix has a determinant other than 0.</summary>
    public HermiteForm(IntegerMatrix3 matrix)
    {
        Int128[][] rows =
        [
            [matrix.M11, matrix.M12, matrix.M13],
            [matrix.M21, matrix.M22, matrix.M23],
            [matrix.M31, matrix.M32, matrix.M33],
        ];
        Eliminate(rows[0], rows[1], 0);
        Eliminate(rows[0], rows[2], 0);
        Eliminate(rows[1], rows[2], 1);
        (first, second, third) = (
            (long)Int128.Abs(rows[0][0]),
            (long)Int128.Abs(rows[1][1]),
            (long)Int128.Abs(rows[2][2])
        );
    }

    /// <summary>One lattice point for every copy of the small cell in the large one: as many as |determinant|.</summary>
    public IEnumerable<CellOffset> Offsets()
    {
        for (long a = 0; a < first; a++)
        {
            for (long b = 0; b < second; b++)
            {
                for (long c = 0; c < third; c++)
                {
                    yield return new(a, b, c);
                }
            }
        }
    }

    /// <summary>Euclid's algorithm on two rows, until the lower one has a 0 in the column.</summary>
    private static void Eliminate(Int128[] upper, Int128[] lower, int column)
    {
        while (lower[column] != 0)
        {
            Int128 quotient = upper[column] / lower[column];
            for (int index = 0; index < 3; index++)
            {
                (upper[index], lower[index]) = (lower[index], upper[index] - (quotient * lower[index]));
            }
        }
    }
}
