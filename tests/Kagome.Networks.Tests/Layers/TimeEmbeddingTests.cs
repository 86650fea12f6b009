using Kagome.Networks.Layers;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests.Layers;

public sealed class TimeEmbeddingTests
{
    private const double RoundingTolerance = 1e-12;

    [Fact]
    public void Forward_of_four_features_has_the_frequencies_1_and_a_ten_thousandth()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor expected = tensor(new[] { Math.Sin(3), Math.Sin(3e-4), Math.Cos(3), Math.Cos(3e-4) }).unsqueeze(0);
        TensorAssert.AreNear(expected, Embed(dimension: 4, 3), RoundingTolerance, "features");
    }

    /// <summary>exp(-k ln 10⁴ / 127) for k = 0 … 127: the divisor is dimension/2 - 1, not dimension/2 as elsewhere.</summary>
    [Fact]
    public void Forward_of_the_paper_ends_at_a_ten_thousandth()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] frequencies = [.. Enumerable.Range(0, 128).Select(k => Math.Pow(1e4, -k / 127.0))];
        Assert.Equal(1e-4, frequencies[^1], RoundingTolerance);
        double[] times = [0, 1, 17, 1000];
        double[] expected =
        [
            .. times.SelectMany(time =>
                frequencies.Select(w => Math.Sin(time * w)).Concat(frequencies.Select(w => Math.Cos(time * w)))
            ),
        ];
        TensorAssert.AreNear(
            tensor(expected).view(4, 256),
            Embed(dimension: 256, times),
            RoundingTolerance,
            "features"
        );
    }

    private static Tensor Embed(int dimension, params double[] times)
    {
        using TimeEmbedding embedding = new(dimension);
        return embedding.forward(tensor(times));
    }
}
