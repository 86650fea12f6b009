using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Tests.Elements;

public sealed class ElementFeaturesTests
{
    // the first column of each of the nine properties, then the end
    private static readonly int[] Edges = [0, 19, 26, 36, 46, 58, 68, 78, 82, 92];

    private static readonly float[,] Table = ElementFeatures.Table();

    [Fact]
    public void Table_has_a_row_for_every_atomic_number_and_zeros_for_none()
    {
        Assert.Equal((101, 92), (Table.GetLength(0), Table.GetLength(1)));
        Assert.All(Enumerable.Range(0, 92), column => Assert.Equal(0, Table[0, column]));
    }

    [Fact]
    public void Table_holds_zeros_and_ones() => Assert.All(Table.Cast<float>(), value => Assert.True(value is 0 or 1));

    // worked out by hand from the bins of docs/decisions/0003: Na has x 0.93, 166 pm, ln 5.139 = 1.637, 0.548 eV,
    // ln 23.78 = 3.169; Fe x 1.83, 132 pm, ln 7.902 = 2.067, 0.153 eV, ln 7.09 = 1.959
    [Theory]
    [InlineData("Na", new[] { 1, 21, 27, 42, 46, 59, 73, 78, 87 })]
    [InlineData("Fe", new[] { 8, 22, 29, 40, 53, 61, 72, 80, 83 })]
    public void Table_row_of_an_element_holds_its_bins(string symbol, int[] expected) =>
        Assert.Equal(expected, Columns(Element.FromSymbol(symbol)));

    [Fact]
    public void Table_row_of_known_values_holds_one_column_per_property() =>
        Assert.All(
            Element
                .All.Take(96)
                .Where(element => element.Data is { Electronegativity: not null, MolarVolume: not null }),
            element => Assert.Equal(Enumerable.Range(0, 9), Properties(element))
        );

    [Fact]
    public void Table_row_leaves_out_unknown_values() =>
        // argon has no electronegativity (property 2), einsteinium no covalent radius (3), fermium no volume (8) either, nor astatine
        Assert.Equal(
            ["0 1 3 4 5 6 7 8", "0 1 2 4 5 6 7 8", "0 1 2 4 5 6 7", "0 1 2 3 4 5 6 7"],
            new[] { "Ar", "Es", "Fm", "At" }.Select(symbol => string.Join(' ', Properties(Element.FromSymbol(symbol))))
        );

    [Fact]
    public void Table_row_of_the_f_block_counts_to_group_zero_and_to_twelve_electrons() =>
        Assert.Subset(Columns(Element.FromSymbol("Yb")).ToHashSet(), new HashSet<int> { 0, 57, 81 });

    [Fact]
    public void Table_tells_almost_all_elements_apart()
    {
        // neighbouring rare earths share every bin; everything else has its own row
        IEnumerable<Element> others = Element.All.Take(86).Where(element => element.Data.Block != ElementBlock.F);
        Assert.All(others.GroupBy(element => string.Join(' ', Columns(element))), group => Assert.Single(group));
    }

    /// <summary>The columns of an element that hold a 1.</summary>
    private static IReadOnlyList<int> Columns(Element element) =>
        [.. Enumerable.Range(0, 92).Where(column => Table[element.AtomicNumber, column] == 1)];

    private static IEnumerable<int> Properties(Element element) =>
        Columns(element).Select(column => Array.FindLastIndex(Edges, edge => edge <= column));
}
