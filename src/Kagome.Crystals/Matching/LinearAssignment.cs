namespace Kagome.Crystals.Matching;

/// <summary>Pairs rows with columns of a square cost matrix so that the sum of the costs is least.</summary>
/// <remarks>
/// <para>Source: R. Jonker, A. Volgenant, Computing 38 (1987) 325-340: column reduction, then shortest augmenting paths.</para>
/// <para>Keeps its buffers from call to call, so one instance serves one thread.</para>
/// </remarks>
internal sealed class LinearAssignment
{
    private const int Free = -1;

    private int[] rowOfColumn = [];
    private int[] previousRow = [];
    private bool[] isDone = [];
    private double[] columnPrice = [];
    private double[] pathCost = [];

    /// <summary>Writes the column of every row into <paramref name="columnOfRow"/>.</summary>
    /// <remarks>Shape: costs [size, size], row by row; columnOfRow [size]. Costs are finite.</remarks>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="ArgumentException">The costs are no square matrix of the size of columnOfRow.</exception>
    public void Solve(ReadOnlySpan<double> costs, Span<int> columnOfRow, CancellationToken cancellationToken = default)
    {
        int size = columnOfRow.Length;
        if (costs.Length != (long)size * size)
        {
            throw new ArgumentException(
                $"There are {costs.Length} costs for {size} rows; expected {(long)size * size}.",
                nameof(costs)
            );
        }

        EnsureSize(size);
        columnOfRow.Fill(Free);
        ReduceColumns(costs, columnOfRow);
        for (int row = 0; row < size; row++)
        {
            if (columnOfRow[row] == Free)
            {
                cancellationToken.ThrowIfCancellationRequested(); // thousands of rows take minutes
                Augment(costs, columnOfRow, row);
            }
        }
    }

    private void EnsureSize(int size)
    {
        if (rowOfColumn.Length < size)
        {
            rowOfColumn = new int[size];
            previousRow = new int[size];
            isDone = new bool[size];
            columnPrice = new double[size];
            pathCost = new double[size];
        }
    }

    /// <summary>The price of a column is its least cost; its row takes the column unless it has one.</summary>
    private void ReduceColumns(ReadOnlySpan<double> costs, Span<int> columnOfRow)
    {
        int size = columnOfRow.Length;
        for (int column = size - 1; column >= 0; column--)
        {
            int cheapest = 0;
            for (int row = 1; row < size; row++)
            {
                if (costs[(row * size) + column] < costs[(cheapest * size) + column])
                {
                    cheapest = row;
                }
            }

            columnPrice[column] = costs[(cheapest * size) + column];
            bool isTaken = columnOfRow[cheapest] != Free;
            rowOfColumn[column] = isTaken ? Free : cheapest;
            if (!isTaken)
            {
                columnOfRow[cheapest] = column;
            }
        }
    }

    /// <summary>Gives a row a column along the shortest path of swaps (Dijkstra's algorithm on reduced costs).</summary>
    private void Augment(ReadOnlySpan<double> costs, Span<int> columnOfRow, int start)
    {
        int size = columnOfRow.Length;
        Array.Fill(pathCost, double.PositiveInfinity, 0, size);
        Array.Clear(isDone, 0, size);
        int row = start;
        double reached = 0;
        int end = Free;
        while (end == Free)
        {
            double rowPrice = row == start ? 0 : Reduced(costs, row, columnOfRow[row], size);
            int nearest = Extend(costs.Slice(row * size, size), row, reached - rowPrice);
            reached = pathCost[nearest];
            isDone[nearest] = true;
            row = rowOfColumn[nearest];
            end = row == Free ? nearest : Free;
        }

        for (int column = 0; column < size; column++)
        {
            if (isDone[column])
            {
                columnPrice[column] += pathCost[column] - reached;
            }
        }

        TakePath(columnOfRow, start, end);
    }

    /// <summary>Shortens the paths to all columns by way of a row; returns the nearest column not reached before.</summary>
    private int Extend(ReadOnlySpan<double> rowCosts, int row, double offset)
    {
        int nearest = Free;
        for (int column = 0; column < rowCosts.Length; column++)
        {
            if (isDone[column])
            {
                continue;
            }

            double cost = offset + rowCosts[column] - columnPrice[column];
            if (cost < pathCost[column])
            {
                pathCost[column] = cost;
                previousRow[column] = row;
            }

            bool isNearer =
                nearest == Free
                || pathCost[column] < pathCost[nearest]
                || (
                    pathCost[column] <= pathCost[nearest] && rowOfColumn[column] == Free && rowOfColumn[nearest] != Free
                );
            nearest = isNearer ? column : nearest;
        }

        return nearest;
    }

    private double Reduced(ReadOnlySpan<double> costs, int row, int column, int size) =>
        costs[(row * size) + column] - columnPrice[column];

    private void TakePath(Span<int> columnOfRow, int start, int end)
    {
        int row = Free;
        while (row != start)
        {
            row = previousRow[end];
            rowOfColumn[end] = row;
            (columnOfRow[row], end) = (end, columnOfRow[row]);
        }
    }
}
