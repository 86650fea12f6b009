using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Matching;

/// <summary>Pairs each site of one crystal with a site of the same element in another, and measures how far they are apart.</summary>
/// <remarks>The pairs make the sum of squared distances least; the common displacement of all sites is then taken off.</remarks>
internal sealed class SiteAssignment
{
    private const double Forbidden = double.PositiveInfinity;

    private readonly int[] groupSizes;
    private readonly Cartesian[] vectors;
    private readonly int[] partners;
    private readonly double[] costs;
    private readonly LinearAssignment solver = new();

    public SiteAssignment(int[] groupSizes)
    {
        this.groupSizes = groupSizes;
        vectors = new Cartesian[groupSizes.Sum()];
        partners = new int[vectors.Length];
        costs = new double[checked(groupSizes.Max() * groupSizes.Max())];
    }

    /// <summary>The first crystal's site for each site of the second.</summary>
    public ReadOnlySpan<int> Partners => partners;

    /// <summary>Root mean square distance of the pairs in Å.</summary>
    public double Rms { get; private set; }

    /// <summary>Largest distance of a pair in Å.</summary>
    public double LargestDistance { get; private set; }

    /// <summary>Pairs the sites, or returns false where some site finds no partner near enough, or the distances come out no smaller than the bound.</summary>
    /// <param name="cell">Measures distances.</param>
    /// <param name="first">Sites of the first crystal in the reduced vectors of the cell, sorted by element.</param>
    /// <param name="second">Sites of the second crystal in the same way, already laid onto the first.</param>
    /// <param name="rmsBound">In Å.</param>
    /// <param name="limit">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public bool TryAssign(
        AverageCell cell,
        ReadOnlySpan<Fractional> first,
        ReadOnlySpan<Fractional> second,
        double rmsBound,
        CancellationToken limit
    )
    {
        double largestSum = rmsBound * rmsBound * vectors.Length;
        Spread spread = default;
        int start = 0;
        foreach (int size in groupSizes)
        {
            if (!TryAssignGroup(cell, first.Slice(start, size), second.Slice(start, size), start, limit))
            {
                return false;
            }

            spread.Add(vectors.AsSpan(start, size));
            if (spread.SumOfSquares >= largestSum)
            {
                return false; // more sites only add to the sum of squares about the mean
            }

            start += size;
        }

        Measure(spread);
        return true;
    }

    private bool TryAssignGroup(
        AverageCell cell,
        ReadOnlySpan<Fractional> first,
        ReadOnlySpan<Fractional> second,
        int start,
        CancellationToken limit
    )
    {
        int size = first.Length;
        Span<int> columns = partners.AsSpan(start, size);
        Span<double> groupCosts = costs.AsSpan(0, size * size);
        if (!TryFillCosts(cell, first, second, groupCosts))
        {
            return false;
        }

        solver.Solve(groupCosts, columns, limit);
        for (int row = 0; row < size; row++)
        {
            if (!cell.TryVector(first[columns[row]] - second[row], out vectors[start + row]))
            {
                return false;
            }

            columns[row] += start;
        }

        return true;
    }

    /// <summary>Squared distances; forbidden pairs cost more than all others together.</summary>
    private static bool TryFillCosts(
        AverageCell cell,
        ReadOnlySpan<Fractional> first,
        ReadOnlySpan<Fractional> second,
        Span<double> costs
    )
    {
        int size = first.Length;
        double largest = 0;
        for (int row = 0; row < size; row++)
        {
            bool hasPartner = false;
            for (int column = 0; column < size; column++)
            {
                bool isNear = cell.TryVector(first[column] - second[row], out Cartesian vector);
                double cost = isNear ? vector.LengthSquared : Forbidden;
                costs[(row * size) + column] = cost;
                largest = isNear ? Math.Max(largest, cost) : largest;
                hasPartner |= isNear;
            }

            if (!hasPartner)
            {
                return false;
            }
        }

        costs.Replace(Forbidden, 1 + (size * largest));
        return true;
    }

    private void Measure(Spread spread)
    {
        double largestSquared = 0;
        foreach (Cartesian vector in vectors)
        {
            largestSquared = Math.Max(largestSquared, (vector - spread.Mean).LengthSquared);
        }

        Rms = Math.Sqrt(spread.SumOfSquares / vectors.Length);
        LargestDistance = Math.Sqrt(largestSquared);
    }

    /// <summary>The mean of vectors and the sum of squared distances from it, kept up to date (Welford 1962).</summary>
    private struct Spread
    {
        private int count;

        public Cartesian Mean { get; private set; }

        public double SumOfSquares { get; private set; }

        public void Add(ReadOnlySpan<Cartesian> vectors)
        {
            foreach (Cartesian vector in vectors)
            {
                count++;
                Cartesian difference = vector - Mean;
                Mean += 1.0 / count * difference;
                SumOfSquares += difference.Dot(vector - Mean);
            }
        }
    }
}
