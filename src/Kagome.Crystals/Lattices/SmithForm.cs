namespace Kagome.Crystals.Lattices;

/// <summary>A matrix of integers made diagonal from both sides: Left · matrix · Right is diagonal, and both have the determinant 1 or -1.</summary>
/// <remarks>
/// <para>Source: H. Cohen, A Course in Computational Algebraic Number Theory, section 2.4.4, without its last condition: the numbers on the diagonal need not divide each other.</para>
/// <para>For small matrices of small integers, which those of symmetry are.</para>
/// </remarks>
internal sealed class SmithForm
{
    private readonly long[,] work;
    private readonly int rows;
    private readonly int columns;

    public SmithForm(long[,] matrix)
    {
        work = (long[,])matrix.Clone();
        (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        Left = Identity(rows);
        Right = Identity(columns);
        while (Rank < Math.Min(rows, columns) && MovePivot())
        {
            Clear();
            Rank++;
        }

        Diagonal = [.. Enumerable.Range(0, Rank).Select(at => work[at, at])];
    }

    /// <summary>How many numbers of the diagonal are not 0; they come first.</summary>
    public int Rank { get; }

    /// <summary>The numbers of the diagonal that are not 0.</summary>
    public long[] Diagonal { get; }

    /// <summary>Shape: [rows, rows].</summary>
    public long[,] Left { get; }

    /// <summary>Shape: [columns, columns].</summary>
    public long[,] Right { get; }

    private static long[,] Identity(int size)
    {
        long[,] identity = new long[size, size];
        for (int at = 0; at < size; at++)
        {
            identity[at, at] = 1;
        }

        return identity;
    }

    /// <summary>Brings the smallest number that is left to the next place on the diagonal; false where all are 0.</summary>
    private bool MovePivot()
    {
        (int Row, int Column)? best = null;
        for (int row = Rank; row < rows; row++)
        {
            for (int column = Rank; column < columns; column++)
            {
                long size = Math.Abs(work[row, column]);
                if (size != 0 && (best is not { } known || size < Math.Abs(work[known.Row, known.Column])))
                {
                    best = (row, column);
                }
            }
        }

        if (best is not { } pivot)
        {
            return false;
        }

        SwapRows(pivot.Row, Rank);
        SwapColumns(pivot.Column, Rank);
        return true;
    }

    /// <summary>Makes the rest of the pivot's row and column 0; every rest of a division is a smaller pivot, so that it ends.</summary>
    private void Clear()
    {
        bool isClear = false;
        while (!isClear)
        {
            isClear = true;
            for (int row = Rank + 1; row < rows; row++)
            {
                AddRow(row, -(work[row, Rank] / work[Rank, Rank]), Rank);
                isClear &= work[row, Rank] == 0;
            }

            for (int column = Rank + 1; column < columns; column++)
            {
                AddColumn(column, -(work[Rank, column] / work[Rank, Rank]), Rank);
                isClear &= work[Rank, column] == 0;
            }

            if (!isClear)
            {
                MovePivotWithin();
            }
        }
    }

    private void MovePivotWithin()
    {
        for (int row = Rank + 1; row < rows; row++)
        {
            if (work[row, Rank] != 0 && Math.Abs(work[row, Rank]) < Math.Abs(work[Rank, Rank]))
            {
                SwapRows(row, Rank);
            }
        }

        for (int column = Rank + 1; column < columns; column++)
        {
            if (work[Rank, column] != 0 && Math.Abs(work[Rank, column]) < Math.Abs(work[Rank, Rank]))
            {
                SwapColumns(column, Rank);
            }
        }
    }

    private void AddRow(int target, long factor, int source)
    {
        for (int column = 0; factor != 0 && column < columns; column++)
        {
            work[target, column] += factor * work[source, column];
        }

        for (int column = 0; factor != 0 && column < rows; column++)
        {
            Left[target, column] += factor * Left[source, column];
        }
    }

    private void AddColumn(int target, long factor, int source)
    {
        for (int row = 0; factor != 0 && row < rows; row++)
        {
            work[row, target] += factor * work[row, source];
        }

        for (int row = 0; factor != 0 && row < columns; row++)
        {
            Right[row, target] += factor * Right[row, source];
        }
    }

    private void SwapRows(int first, int second)
    {
        for (int column = 0; first != second && column < columns; column++)
        {
            (work[first, column], work[second, column]) = (work[second, column], work[first, column]);
        }

        for (int column = 0; first != second && column < rows; column++)
        {
            (Left[first, column], Left[second, column]) = (Left[second, column], Left[first, column]);
        }
    }

    private void SwapColumns(int first, int second)
    {
        for (int row = 0; first != second && row < rows; row++)
        {
            (work[row, first], work[row, second]) = (work[row, second], work[row, first]);
        }

        for (int row = 0; first != second && row < columns; row++)
        {
            (Right[row, first], Right[row, second]) = (Right[row, second], Right[row, first]);
        }
    }
}
