using Kagome.Crystals.Matching;

namespace Kagome.Crystals.Tests.Matching;

public sealed class LinearAssignmentTests
{
    private const double Tolerance = 1e-9;

    private static readonly Gen<double[]> Costs = Gen.Int[1, 6]
        .SelectMany(size => Gen.Double[0, 10].Array[size * size]);

    // few different costs, so that many assignments are as good as each other
    private static readonly Gen<double[]> TiedCosts = Gen.Int[1, 6]
        .SelectMany(size => Gen.Int[0, 2].Select(cost => (double)cost).Array[size * size]);

    [Fact]
    public void Solve_any_costs_is_as_cheap_as_the_best_permutation() => Costs.Sample(AssertIsCheapest);

    [Fact]
    public void Solve_tied_costs_is_as_cheap_as_the_best_permutation() => TiedCosts.Sample(AssertIsCheapest);

    [Fact]
    public void Solve_reused_solver_forgets_the_last_problem()
    {
        LinearAssignment solver = new();
        int[] columns = new int[3];
        solver.Solve([1, 2, 3, 2, 4, 6, 3, 6, 9], columns, TestContext.Current.CancellationToken);
        Assert.Equal([2, 1, 0], columns);
        solver.Solve([0, 9, 9, 0], columns.AsSpan(0, 2), TestContext.Current.CancellationToken);
        Assert.Equal([0, 1], columns[..2]);
    }

    [Fact]
    public void Solve_matrix_that_is_not_square_names_its_size()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new LinearAssignment().Solve([1, 2, 3], new int[2], TestContext.Current.CancellationToken)
        );
        Assert.Contains("3 costs for 2 rows; expected 4", error.Message, StringComparison.Ordinal);
    }

    private static void AssertIsCheapest(double[] costs)
    {
        int[] columns = new int[(int)Math.Sqrt(costs.Length)];
        new LinearAssignment().Solve(costs, columns, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, columns.Length), columns.Order());
        double cost = columns.Select((column, row) => costs[(row * columns.Length) + column]).Sum();
        Assert.Equal(CheapestByTryingAll(costs, columns.Length, 0, 0), cost, Tolerance);
    }

    /// <summary>The slow, obvious way: every permutation.</summary>
    private static double CheapestByTryingAll(double[] costs, int size, int row, int takenColumns) =>
        row == size
            ? 0
            : Enumerable
                .Range(0, size)
                .Where(column => (takenColumns & (1 << column)) == 0)
                .Min(column =>
                    costs[(row * size) + column]
                    + CheapestByTryingAll(costs, size, row + 1, takenColumns | (1 << column))
                );
}
