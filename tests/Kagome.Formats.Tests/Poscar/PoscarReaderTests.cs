using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Poscar;

namespace Kagome.Formats.Tests.Poscar;

public sealed class PoscarReaderTests
{
    private const double Tolerance = 1e-12;

    private const string RockSalt = """
        Na Cl
        1.0
        0.0 2.8 2.8
        2.8 0.0 2.8
        2.8 2.8 0.0
        Na Cl
        1 1
        Direct
        0 0 0
        0.5 0.5 0.5
        """;

    private static readonly PoscarFormat Format = new();

    [Theory]
    [InlineData("1.0\n", "-43.904\n")]
    [InlineData("1.0\n", "1.0 1.0 1.0\n")]
    [InlineData("1.0\n0.0 2.8 2.8\n2.8 0.0 2.8\n2.8 2.8 0.0", "2.8 ! scale\n0 1 1\n1 0 1\n1 1 0")]
    [InlineData("1.0\n0.0 2.8 2.8\n2.8 0.0 2.8\n2.8 2.8 0.0", "1 2 4\n0 1.4 0.7\n2.8 0 0.7\n2.8 1.4 0")]
    [InlineData("Na Cl\n1 1", "1 1")]
    [InlineData("Na Cl\n1 1", "Na_pv Cl/0a1b2c3d\n 1\t1  ! counts")]
    [InlineData("Direct", "Selective dynamics\nDirect")]
    [InlineData("0 0 0\n", "0 0 0 T T F Na\n")]
    [InlineData("0.5 0.5 0.5", "0.5 5D-1 5d-1\n\n0 0 0\n0 0 0")]
    [InlineData("Direct\n0 0 0\n0.5 0.5 0.5", "Cartesian\n0 0 0\n2.8 2.8 2.8")]
    public void Read_other_spelling_means_the_same(string part, string spelling)
    {
        Structure crystal = FormatText.ReadOne(Format, RockSalt.Replace(part, spelling, StringComparison.Ordinal));

        CrystalAssert.Same(FormatText.ReadOne(Format, RockSalt), crystal, Tolerance);
    }

    [Fact]
    public void Read_cartesian_positions_scale_with_the_cell()
    {
        string text = RockSalt
            .Replace("1.0\n", "2.0\n", StringComparison.Ordinal)
            .Replace("Direct\n0 0 0\n0.5 0.5 0.5", "k\n0 0 0\n2.8 2.8 2.8", StringComparison.Ordinal);

        Fractional position = FormatText.ReadOne(Format, text).Sites[1].Position;

        Assert.Equal(0.5, position.X, Tolerance);
    }

    [Theory]
    [InlineData("1.0\n", "x\n", "file:2: the scale factor is 'x'")]
    [InlineData("1.0\n", "0\n", "file:2: the scale factor is '0'")]
    [InlineData("1.0\n", "1 1\n", "file:2: the scale factor is '1 1'")]
    [InlineData("1.0\n", "1e300\n", "a lattice vector is")]
    [InlineData("0.0 2.8 2.8", "2.8 0.0 2.8", "the cell has a volume of 0 Å³")]
    [InlineData("0.0 2.8 2.8", "0.0 2.8", "file:3: the line is '0.0 2.8'; expected a lattice vector")]
    [InlineData("0.0 2.8 2.8", "0.0 NaN 2.8", "file:3: the line is '0.0 NaN 2.8'")]
    [InlineData("Na Cl\n1", "Na Qq\n1", "'Qq' is no element")]
    [InlineData("Na Cl\n1 1", "Na Cl\n1", "expected 2 numbers of atoms")]
    [InlineData("Na Cl\n1 1", "Na Cl\n1 -1", "expected 2 numbers of atoms")]
    [InlineData("Na Cl\n1 1", "Na Cl\n0 0", "expected 2 numbers of atoms")]
    [InlineData("Na Cl\n1 1", "Na Cl\n1 2000000000", "expected 2 numbers of atoms")]
    [InlineData("Na Cl\n1 1", "1 1 1", "expected element symbols, such as Na Cl, on a line of their own")]
    [InlineData("0.5 0.5 0.5", "0.5 0.5 x", "file:10: the line is '0.5 0.5 x'; expected a position")]
    [InlineData("\n0.5 0.5 0.5", "", "the file ends after this line; expected a position")]
    [InlineData("Na Cl\n1 1\nDirect", "", "file:6: the line is empty; expected element symbols")]
    public void Read_damaged_file_says_what_is_wrong(string part, string damage, string expected)
    {
        string text = RockSalt.Replace(part, damage, StringComparison.Ordinal);

        Assert.Contains(expected, FormatText.ProblemOf(Format, text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_several_crystals_is_refused()
    {
        CrystalRecord record = new("a", FormatText.ReadOne(Format, RockSalt));

        ArgumentException exception = Assert.Throws<ArgumentException>(() => FormatText.Write(Format, record, record));

        Assert.Contains("2 crystals and poscar holds one", exception.Message, StringComparison.Ordinal);
    }
}
