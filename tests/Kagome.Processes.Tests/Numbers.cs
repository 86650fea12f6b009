using static TorchSharp.torch;

namespace Kagome.Processes.Tests;

/// <summary>Comparisons of tensors as plain numbers.</summary>
internal static class Numbers
{
    public static double[] Of(Tensor values)
    {
        using Tensor flat = values.detach().to(ScalarType.Float64).flatten().contiguous();
        return flat.data<double>().ToArray();
    }

    public static double LargestDifference(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        return Of(expected).Zip(Of(actual), (left, right) => Math.Abs(left - right)).Max();
    }

    public static double Variance(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}

/// <summary>Square matrices by what stands where.</summary>
internal static class Matrices
{
    public static double[,] Of(int size, Func<int, int, double> entry)
    {
        double[,] matrix = new double[size, size];
        for (int at = 0; at < matrix.Length; at++)
        {
            matrix[at / size, at % size] = entry(at / size, at % size);
        }

        return matrix;
    }
}
