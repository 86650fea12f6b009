using Kagome.Models;
using Xunit;
using static TorchSharp.torch;

namespace Kagome.Testing;

/// <summary>What tests say of model files.</summary>
public static class ModelAssert
{
    /// <summary>Every tensor of two model files is the same to the last bit.</summary>
    public static void SameWeights(string expectedPath, string actualPath)
    {
        using SafetensorsFile expected = SafetensorsFile.Read(expectedPath);
        using SafetensorsFile actual = SafetensorsFile.Read(actualPath);
        Assert.Equal(
            expected.Tensors.Keys.Order(StringComparer.Ordinal),
            actual.Tensors.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(
            expected.Tensors,
            pair =>
            {
                using Tensor same = pair.Value.eq(actual.Tensors[pair.Key]).all();
                Assert.True(same.item<bool>(), $"{pair.Key} differs.");
            }
        );
    }
}
