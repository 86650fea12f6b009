using Kagome.Processes.Noise;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Noise;

public sealed class SeededNoiseTests
{
    [Fact]
    public void Draws_with_the_same_seed_are_the_same()
    {
        Assert.Equal(Draws(seed: 1), Draws(seed: 1));
        Assert.NotEqual(Draws(seed: 1), Draws(seed: 2));
    }

    [Fact]
    public void Draws_one_after_the_other_differ()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(3);
        Assert.NotEqual(Numbers.Of(noise.Normal(5)), Numbers.Of(noise.Normal(5)));
    }

    [Fact]
    public void Steps_reach_from_one_to_the_largest()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(4);
        Assert.Equal([1, 2, 3, 4, 5], Numbers.Of(noise.Steps(5, 500)).Distinct().Order());
    }

    [Fact]
    public void Uniform_lies_from_zero_up_to_one()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(5);
        Assert.All(Numbers.Of(noise.Uniform(1000)), value => Assert.True(value is >= 0 and < 1));
    }

    private static double[] Draws(long seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(seed);
        return
        [
            .. Numbers.Of(noise.Normal(2, 3)),
            .. Numbers.Of(noise.Uniform(4)),
            .. Numbers.Of(noise.Steps(1000, 5)),
        ];
    }
}
