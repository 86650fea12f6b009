using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class SpaceGroupTests
{
    [Theory]
    [InlineData(1, "P1", "P 1")]
    [InlineData(2, "P-1", "P -1")]
    [InlineData(5, "C2", "C 1 2 1")]
    [InlineData(12, "C2/m", "C 1 2/m 1")]
    [InlineData(14, "P2_1/c", "P 1 21/c 1")]
    [InlineData(19, "P2_12_12_1", "P 21 21 21")]
    [InlineData(62, "Pnma", "P n m a")]
    [InlineData(67, "Cmme", "C m m e")]
    [InlineData(113, "P-42_1m", "P -4 21 m")]
    [InlineData(141, "I4_1/amd", "I 41/a m d")]
    [InlineData(151, "P3_112", "P 31 1 2")]
    [InlineData(167, "R-3c", "R -3 c")]
    [InlineData(194, "P6_3/mmc", "P 63/m m c")]
    [InlineData(227, "Fd-3m", "F d -3 m")]
    public void SpacedSymbol_puts_spaces_between_directions(int number, string symbol, string expected) =>
        Assert.Equal(expected, new SpaceGroup(number, symbol).SpacedSymbol);

    [Fact]
    public void ToString_gives_symbol_and_number() => Assert.Equal("Fm-3m (225)", $"{new SpaceGroup(225, "Fm-3m")}");
}
