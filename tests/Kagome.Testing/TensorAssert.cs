using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Kagome.Testing;

/// <summary>What tests say of tensors.</summary>
public static class TensorAssert
{
    /// <summary>No entries differ by more than a tolerance times the largest expected entry, or times 1 if that is smaller.</summary>
    public static void AreNear(Tensor expected, Tensor actual, double tolerance, string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        Tensor reference = expected.detach().to(ScalarType.Float64);
        double scale = reference.abs().max().item<double>();
        double difference = (reference - actual.detach().to(ScalarType.Float64)).abs().max().item<double>();
        Assert.True(
            difference <= tolerance * Math.Max(scale, 1),
            $"{name} differs by {difference} at scale {scale}; expected at most {tolerance} of it."
        );
    }

    /// <summary>Same shape and the very same numbers.</summary>
    public static void AreIdentical(Tensor expected, Tensor actual, string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(expected.eq(actual).all().item<bool>(), $"{name} differs; expected the very same numbers.");
    }

    /// <summary>Same names with the very same numbers.</summary>
    public static void AreIdentical(
        IReadOnlyDictionary<string, Tensor> expected,
        IReadOnlyDictionary<string, Tensor> actual
    )
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, pair => AreIdentical(pair.Value, actual[pair.Key], pair.Key));
    }

    /// <summary>No entry is NaN or infinite.</summary>
    public static void IsFinite(Tensor tensor, string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.True(tensor.detach().isfinite().all().item<bool>(), $"{name} has entries that are not finite.");
    }
}
