using Kagome.Testing;

namespace Kagome.Campaigns.Tests;

public sealed class FormulaFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Read_takes_remarks_blank_lines_and_counts()
    {
        Assert.Equal(
            [new(2, "NaCl", 8), new(4, "MgO", null), new(5, "TiO2", 6), new(6, "KBr", 4)],
            Read("# mine\nNaCl 8\n\n MgO # a remark\nTiO2,6\nKBr\t4\r\n")
        );
    }

    [Fact]
    public void Read_a_table_takes_the_columns_that_are_named()
    {
        Assert.Equal(
            [new(2, "NaCl", 8), new(3, "MgO", null)],
            Read("id,Formula,gap,atoms\na b,\"NaCl\",1.5,8\nb,MgO,,\n")
        );
        Assert.Equal([new(2, "NaCl", null)], Read("formula\nNaCl\n"));
    }

    [Fact]
    public void Read_cells_in_quotes_are_whole()
    {
        Assert.Equal(
            [new(2, "NaCl", 4), new(3, "CaO", null)],
            Read("name,precursor,formula,atoms\n\"x, y #3\",MgO,NaCl,4\nplain,KCl,CaO,\n")
        );
        Assert.Equal([new(2, "NaCl", 8)], Read("atoms formula\n8 NaCl\n"));
    }

    [Theory]
    [InlineData("1,\"NaCl,8")]
    [InlineData("1,NaCl,8,9")]
    [InlineData("1,,8")]
    public void Read_row_of_another_form_than_the_first_line_holds_the_reason(string line)
    {
        FormulaLine read = Assert.Single(Read($"id,formula,atoms\n{line}\n"));
        Assert.Equal(2, read.Line);
        Assert.Contains("3 cells as in the first line", read.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaCl eight")]
    [InlineData("NaCl 0")]
    [InlineData("NaCl -8")]
    [InlineData("NaCl 8 9")]
    [InlineData("NaCl 99999999999")]
    public void Read_what_is_no_formula_holds_the_reason(string line)
    {
        FormulaLine read = Assert.Single(Read($"{line}\n"));
        Assert.Equal(1, read.Line);
        Assert.Contains($"'{line}'", read.Problem, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private FormulaLine[] Read(string text)
    {
        File.WriteAllText(folder["list"], text);
        return [.. FormulaFile.Read(folder["list"])];
    }
}
