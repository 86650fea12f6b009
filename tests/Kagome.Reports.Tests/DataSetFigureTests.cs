using System.Xml.Linq;
using Kagome.Crystals.Elements;
using Kagome.Reports.Plots;

namespace Kagome.Reports.Tests;

public sealed class DataSetFigureTests
{
    [Fact]
    public void Draw_elements_shows_every_symbol_and_the_counts()
    {
        Figure figure = ElementTablePlot.Draw(
            new Dictionary<Element, int>
            {
                [Element.FromSymbol("O")] = 12_345,
                [Element.FromSymbol("U")] = 1234,
                [Element.FromSymbol("H")] = 7,
            }
        );
        string[] texts = [.. Texts(figure)];
        Assert.All(Element.All, element => Assert.Contains(element.Symbol, texts));
        Assert.Equal(
            ["1.2k", "12k", "7"],
            texts.Where(text => char.IsAsciiDigit(text[0])).Order(StringComparer.Ordinal)
        );
        Assert.Contains("12345 at most", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_elements_of_nothing_still_gives_a_table() =>
        Assert.NotEmpty(ElementTablePlot.Draw(new Dictionary<Element, int>()).Png());

    [Theory]
    [InlineData(1, "")]
    [InlineData(52, "")]
    [InlineData(1000, "Each bar counts 9 sizes.")]
    public void Draw_cell_sizes_joins_sizes_where_there_are_many(int largest, string part)
    {
        Figure figure = CellSizePlot.Draw(new Dictionary<int, int> { [1] = 3, [largest] = 5 });
        Assert.EndsWith(part, figure.Caption, StringComparison.Ordinal);
        Assert.NotEmpty(figure.Png());
    }

    private static IEnumerable<string> Texts(Figure figure) =>
        XDocument
            .Parse(figure.Svg())
            .Descendants()
            .Where(element => element.Name.LocalName == "text")
            .Select(text => text.Value.Trim());
}
