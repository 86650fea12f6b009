namespace Kagome;

/// <summary>The memory of L-BFGS: what a function's last steps and gradients say about its curvature.</summary>
/// <remarks>
/// Source: Nocedal and Wright, Numerical Optimization (2006), Algorithm 7.4, with the details of torch.optim.LBFGS: a pair with
/// y·s at or below 1e-10 is left out, and H₀ = y·s / y·y of the last pair.
/// </remarks>
internal sealed class LbfgsMemory
{
    private const double SmallestCurvature = 1e-10;
    private const int LongestMemory = 100;

    private readonly List<(double[] Step, double[] Change, double Curvature)> pairs = [];
    private double scale = 1;

    /// <summary>The direction to go from a point with this gradient.</summary>
    public double[] Direction(double[] gradient)
    {
        double[] direction = [.. gradient.Select(entry => -entry)];
        double[] shares = new double[pairs.Count];
        for (int at = pairs.Count - 1; at >= 0; at--)
        {
            (double[] step, double[] change, double curvature) = pairs[at];
            shares[at] = Dot(step, direction) / curvature;
            Add(direction, change, -shares[at]);
        }

        for (int entry = 0; entry < direction.Length; entry++)
        {
            direction[entry] *= scale;
        }

        for (int at = 0; at < pairs.Count; at++)
        {
            (double[] step, double[] change, double curvature) = pairs[at];
            Add(direction, step, shares[at] - (Dot(change, direction) / curvature));
        }

        return direction;
    }

    /// <summary>Learns from a step and what it did to the gradient.</summary>
    public void Learn(double[] step, double[] before, double[] after)
    {
        double[] change = [.. after.Zip(before, (now, then) => now - then)];
        double curvature = Dot(change, step);
        if (curvature <= SmallestCurvature)
        {
            return;
        }

        if (pairs.Count == LongestMemory)
        {
            pairs.RemoveAt(0);
        }

        pairs.Add((step, change, curvature));
        scale = curvature / Dot(change, change);
    }

    public static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int at = 0; at < left.Length; at++)
        {
            sum += left[at] * right[at];
        }

        return sum;
    }

    private static void Add(double[] target, double[] vector, double factor)
    {
        for (int at = 0; at < target.Length; at++)
        {
            target[at] += factor * vector[at];
        }
    }
}
