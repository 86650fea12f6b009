using Kagome.Networks;

namespace Kagome.Benchmarks.Tests;

public sealed class NetworkArithmeticTests
{
    /// <summary>12 · 384² of the atom; 2 · 384 · 784 of the edge columns, 20 · (4 · 384 · 8 + 2 · 384) of the pairs; 20 · 779 · 384 literally.</summary>
    [Fact]
    public void Arithmetic_of_the_papers_network_is_as_worked_out_by_hand()
    {
        CrysformerConfiguration paper = new();
        Assert.Equal(12 * (1_769_472 + 602_112 + 261_120), NetworkArithmetic.Factored(paper, 20));
        Assert.Equal(12 * (1_769_472 + 5_982_720), NetworkArithmetic.Literal(paper, 20));
    }
}
