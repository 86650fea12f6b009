namespace Kagome.Crystals.Lattices;

/// <summary>Products and quotients of matrices of integers, or null where the result is not whole or does not fit.</summary>
internal static class ExactMatrices
{
    public static IntegerMatrix3 Transposed(this IntegerMatrix3 matrix) =>
        new(matrix.M11, matrix.M21, matrix.M31, matrix.M12, matrix.M22, matrix.M32, matrix.M13, matrix.M23, matrix.M33);

    /// <summary>left · right.</summary>
    public static IntegerMatrix3? TimesExactly(this IntegerMatrix3 left, IntegerMatrix3 right)
    {
        return Whole(Entry, 1);

        Int128 Entry(int row, int column) =>
            ((Int128)left[row, 0] * right[0, column])
            + ((Int128)left[row, 1] * right[1, column])
            + ((Int128)left[row, 2] * right[2, column]);
    }

    /// <summary>left · divisor⁻¹.</summary>
    public static IntegerMatrix3? DividedBy(this IntegerMatrix3 left, IntegerMatrix3 divisor)
    {
        Int128 determinant =
            (divisor.M11 * Cofactor(divisor, 0, 0))
            + (divisor.M12 * Cofactor(divisor, 0, 1))
            + (divisor.M13 * Cofactor(divisor, 0, 2));
        return determinant == 0 ? null : Whole(Entry, determinant);

        Int128 Entry(int row, int column) =>
            (left[row, 0] * Cofactor(divisor, column, 0))
            + (left[row, 1] * Cofactor(divisor, column, 1))
            + (left[row, 2] * Cofactor(divisor, column, 2));
    }

    /// <summary>matrix⁻ᵀ · rotation · matrixᵀ: an operation on columns of coordinates, in the vectors that the matrix makes.</summary>
    public static IntegerMatrix3? RotationIn(this IntegerMatrix3 matrix, IntegerMatrix3 rotation) =>
        matrix.TimesExactly(rotation.Transposed())?.DividedBy(matrix)?.Transposed();

    private static IntegerMatrix3? Whole(Func<int, int, Int128> entry, Int128 divisor)
    {
        Span<int> entries = stackalloc int[9];
        for (int at = 0; at < 9; at++)
        {
            (Int128 quotient, Int128 rest) = Int128.DivRem(entry(at / 3, at % 3), divisor);
            if (rest != 0 || Int128.Abs(quotient) > int.MaxValue)
            {
                return null;
            }

            entries[at] = (int)quotient;
        }

        return new IntegerMatrix3(
            entries[0],
            entries[1],
            entries[2],
            entries[3],
            entries[4],
            entries[5],
            entries[6],
            entries[7],
            entries[8]
        );
    }

    private static Int128 Cofactor(IntegerMatrix3 matrix, int row, int column)
    {
        (int nextRow, int lastRow) = ((row + 1) % 3, (row + 2) % 3);
        (int nextColumn, int lastColumn) = ((column + 1) % 3, (column + 2) % 3);
        return ((Int128)matrix[nextRow, nextColumn] * matrix[lastRow, lastColumn])
            - ((Int128)matrix[nextRow, lastColumn] * matrix[lastRow, nextColumn]);
    }
}
