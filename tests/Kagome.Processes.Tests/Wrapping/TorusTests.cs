using Kagome.Processes.Wrapping;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Wrapping;

public sealed class TorusTests
{
    [Theory]
    [InlineData(-5e-10f, 0f)]
    [InlineData(0f, 0f)]
    [InlineData(1f, 0f)]
    [InlineData(-0.25f, 0.75f)]
    [InlineData(7.5f, 0.5f)]
    public void Wrap_any_position_lies_in_the_unit_cell(float position, float expected)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(expected, Torus.Wrap(tensor(new[] { position })).item<float>());
    }
}
