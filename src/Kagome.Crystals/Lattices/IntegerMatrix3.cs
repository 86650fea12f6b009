namespace Kagome.Crystals.Lattices;

/// <summary>A 3 x 3 matrix of integers that makes new lattice vectors from old ones: row i says what the new vector i is.</summary>
/// <param name="M11">How many of the old a the new a holds.</param>
/// <param name="M12">How many of the old b the new a holds.</param>
/// <param name="M13">How many of the old c the new a holds.</param>
/// <param name="M21">How many of the old a the new b holds.</param>
/// <param name="M22">How many of the old b the new b holds.</param>
/// <param name="M23">How many of the old c the new b holds.</param>
/// <param name="M31">How many of the old a the new c holds.</param>
/// <param name="M32">How many of the old b the new c holds.</param>
/// <param name="M33">How many of the old c the new c holds.</param>
/// <remarks>new rows = matrix · old rows, so a fractional position transforms with the inverse on the right.</remarks>
// csharpier-ignore
public readonly record struct IntegerMatrix3(
    int M11,
    int M12,
    int M13,
    int M21,
    int M22,
    int M23,
    int M31,
    int M32,
    int M33
)
{
    /// <summary>The matrix that leaves the lattice vectors as they are.</summary>
    public static IntegerMatrix3 Identity { get; } = Diagonal(1, 1, 1);

    /// <summary>How many old cells the new one has, negative where handedness changes. In 32 bits, unchecked: see <see cref="ExactDeterminant"/>.</summary>
    public int Determinant =>
        (M11 * ((M22 * M33) - (M23 * M32))) - (M12 * ((M21 * M33) - (M23 * M31))) + (M13 * ((M21 * M32) - (M22 * M31)));

    /// <summary>The entry in the given row and column, both counted from 0.</summary>
    public int this[int row, int column] =>
        ((row * 3) + column) switch
        {
            0 => M11,
            1 => M12,
            2 => M13,
            3 => M21,
            4 => M22,
            5 => M23,
            6 => M31,
            7 => M32,
            8 => M33,
            _ => throw new ArgumentOutOfRangeException(nameof(row), $"({row}, {column}) is outside a 3 x 3 matrix."),
        };

    /// <summary>The matrix that makes a supercell: a, b and c times the three numbers.</summary>
    public static IntegerMatrix3 Diagonal(int first, int second, int third) =>
        new(first, 0, 0, 0, second, 0, 0, 0, third);

    /// <summary>The determinant, or an error where it does not fit 64 bits.</summary>
    /// <exception cref="OverflowException">The determinant is beyond 2^63.</exception>
    public long ExactDeterminant =>
        checked(
            (long)(((Int128)M11 * Cofactor(0, 0)) + ((Int128)M12 * Cofactor(0, 1)) + ((Int128)M13 * Cofactor(0, 2)))
        );

    /// <summary>A row of coordinates times the matrix.</summary>
    public static Fractional operator *(Fractional row, IntegerMatrix3 matrix) =>
        new(
            (row.X * matrix.M11) + (row.Y * matrix.M21) + (row.Z * matrix.M31),
            (row.X * matrix.M12) + (row.Y * matrix.M22) + (row.Z * matrix.M32),
            (row.X * matrix.M13) + (row.Y * matrix.M23) + (row.Z * matrix.M33)
        );

    /// <summary>A row of coordinates times the inverse of the matrix.</summary>
    /// <exception cref="OverflowException">The determinant is beyond 2^63.</exception>
    public static Fractional operator /(Fractional row, IntegerMatrix3 matrix)
    {
        double inverse = 1.0 / matrix.ExactDeterminant;
        return new(Column(0), Column(1), Column(2));

        double Column(int column) =>
            inverse
            * (
                (row.X * matrix.Cofactor(column, 0))
                + (row.Y * matrix.Cofactor(column, 1))
                + (row.Z * matrix.Cofactor(column, 2))
            );
    }

    /// <summary>The matrix that does first what the right one does, then the left. In 32 bits: entries that do not fit are not told.</summary>
    public static IntegerMatrix3 operator *(IntegerMatrix3 left, IntegerMatrix3 right)
    {
        int Entry(int row, int column) =>
            (left[row, 0] * right[0, column]) + (left[row, 1] * right[1, column]) + (left[row, 2] * right[2, column]);
        return new(
            Entry(0, 0),
            Entry(0, 1),
            Entry(0, 2),
            Entry(1, 0),
            Entry(1, 1),
            Entry(1, 2),
            Entry(2, 0),
            Entry(2, 1),
            Entry(2, 2)
        );
    }

    private long Cofactor(int row, int column)
    {
        (int nextRow, int lastRow) = ((row + 1) % 3, (row + 2) % 3);
        (int nextColumn, int lastColumn) = ((column + 1) % 3, (column + 2) % 3);
        return ((long)this[nextRow, nextColumn] * this[lastRow, lastColumn])
            - ((long)this[nextRow, lastColumn] * this[lastRow, nextColumn]);
    }
}
