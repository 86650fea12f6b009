using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>Sine and cosine waves of the noise level.</summary>
/// <remarks>
/// <para>Shape: times [crystals] → features [crystals, dimension], all sines first.</para>
/// <para>Source: DAO's released code: frequencies exp(-k ln 10⁴ / (dimension/2 - 1)), k = 0 … dimension/2 - 1.</para>
/// </remarks>
internal sealed class TimeEmbedding(int dimension) : nn.Module<Tensor, Tensor>(nameof(TimeEmbedding))
{
    private const double LongestPeriod = 10_000;

    /// <summary>The waves of each noise level.</summary>
    /// <param name="times">[crystals], the noise levels as floating-point numbers; their type and device are those of the features.</param>
    /// <returns>[crystals, dimension]</returns>
    public override Tensor forward(Tensor times)
    {
        using DisposeScope scope = NewDisposeScope();
        int half = dimension / 2;
        Tensor exponents =
            arange(half, dtype: times.dtype, device: times.device) * (-Math.Log(LongestPeriod) / (half - 1));
        Tensor phases = times.unsqueeze(-1) * exponents.exp(); // [crystals, half]
        return cat([phases.sin(), phases.cos()], dim: -1).MoveToOuterDisposeScope();
    }
}
