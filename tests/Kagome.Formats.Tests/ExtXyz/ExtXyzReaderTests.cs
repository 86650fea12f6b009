using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.ExtXyz;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.ExtXyz;

public sealed class ExtXyzReaderTests
{
    private const double Tolerance = 1e-12;

    private const string RockSalt = """
        2
        Lattice="0.0 2.8 2.8 2.8 0.0 2.8 2.8 2.8 0.0" Properties=species:S:1:pos:R:3:forces:R:3 energy=-6.5 id=nacl split=val config_type="bulk rock salt" pbc="T T T"
        Na 0 0 0 0.1 0.2 0.3
        Cl 2.8 2.8 2.8 0 0 0

        """;

    private static readonly ExtXyzFormat Format = new();

    [Fact]
    public void Read_frame_gives_atoms_name_split_and_labels()
    {
        CrystalRecord record = Assert.Single(FormatText.Read(Format, RockSalt)).Record!;

        Assert.Equal(("nacl", "val"), (record.Id, record.Split));
        Assert.Equal([KeyValuePair.Create("energy", -6.5)], record.Labels);
        Assert.Equal(new Cartesian(2.8, 0, 2.8), record.Structure.Lattice.B);
        Assert.Equal(0.5, record.Structure.Sites[1].Position.Z, Tolerance);
    }

    [Theory]
    [InlineData("Properties=species:S:1:pos:R:3:forces:R:3 ", "")]
    [InlineData("pbc=\"T T T\"", "pbc=[True, True, True] is_bulk = == \"")]
    [InlineData("Lattice=", "lattice=")]
    [InlineData("Lattice=", "LATTICE = ")]
    [InlineData(
        "Lattice=\"0.0 2.8 2.8 2.8 0.0 2.8 2.8 2.8 0.0\"",
        "Lattice=[[0.0,2.8,2.8],[2.8,0.0,2.8],[2.8,2.8,0.0]]"
    )]
    [InlineData(
        "Lattice=\"0.0 2.8 2.8 2.8 0.0 2.8 2.8 2.8 0.0\"",
        "Lattice = \"[[0, 2.8, 2.8], [2.8, 0, 2.8], [2.8, 2.8, 0]]\""
    )]
    [InlineData("Lattice=\"0.0 2.8 2.8 2.8 0.0 2.8 2.8 2.8 0.0\"", "Lattice={0, 2.8, 2.8, 2.8, 0, 2.8, 2.8, 2.8, 0}")]
    [InlineData("Lattice=\"0.0 2.8 2.8 2.8 0.0 2.8 2.8 2.8 0.0\"", "Lattice='0,2.8,2.8,2.8,0,2.8,2.8,2.8,0'")]
    [InlineData("Properties=species:S:1:pos:R:3", "properties = SPECIES:S:1:Pos:R:3")]
    [InlineData("pbc=\"T T T\"", "tags = [[1, 2], [3, 4]] PBC = \"1 1 1\"")]
    [InlineData("energy=-6.5", "energy=-6.5 'a key'='it''s' stress=\"1 2 3\" escaped=\"a \\\" b\"")]
    public void Read_other_spelling_means_the_same(string part, string spelling)
    {
        Structure crystal = FormatText.ReadOne(Format, RockSalt.Replace(part, spelling, StringComparison.Ordinal));

        CrystalAssert.Same(FormatText.ReadOne(Format, RockSalt), crystal, Tolerance);
    }

    [Fact]
    public void Read_columns_in_another_order_finds_them()
    {
        string text = RockSalt
            .Replace("species:S:1:pos:R:3:forces:R:3", "forces:R:3:pos:R:3:species:S:1", StringComparison.Ordinal)
            .Replace("Na 0 0 0 0.1 0.2 0.3", "0.1 0.2 0.3 0 0 0 Na", StringComparison.Ordinal)
            .Replace("Cl 2.8 2.8 2.8 0 0 0", "0 0 0 2.8 2.8 2.8 Cl", StringComparison.Ordinal);

        CrystalAssert.Same(FormatText.ReadOne(Format, RockSalt), FormatText.ReadOne(Format, text), Tolerance);
    }

    [Theory]
    [InlineData("Z:I:1", "11", "17")]
    [InlineData("numbers:I:1", "11", "17")]
    [InlineData("species:S:1", "11", "17")]
    [InlineData("species:S:1:Z:I:1", "Na 11", "Cl 17")]
    public void Read_atomic_numbers_are_elements(string column, string first, string second)
    {
        string text = RockSalt
            .Replace("species:S:1", column, StringComparison.Ordinal)
            .Replace("\nNa", $"\n{first}", StringComparison.Ordinal)
            .Replace("\nCl", $"\n{second}", StringComparison.Ordinal);

        CrystalAssert.Same(FormatText.ReadOne(Format, RockSalt), FormatText.ReadOne(Format, text), Tolerance);
    }

    [Fact]
    public void Read_symbol_and_atomic_number_that_differ_are_refused()
    {
        string text = RockSalt
            .Replace("species:S:1", "species:S:1:Z:I:1", StringComparison.Ordinal)
            .Replace("\nNa", "\nNa 11", StringComparison.Ordinal)
            .Replace("\nCl", "\nCl 35", StringComparison.Ordinal);

        Assert.Contains(
            "expected an element in column 1 and its atomic number in column 2",
            FormatText.ProblemOf(Format, text).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_empty_frame_is_a_problem_and_hides_no_later_one()
    {
        DataSetEntry[] entries = FormatText.Read(Format, $"0\nLattice=\"4 0 0 0 4 0 0 0 4\"\n{RockSalt}");

        Assert.Equal([null, "nacl"], entries.Select(entry => entry.Record?.Id));
        Assert.Contains("file:1: the frame has 0 atoms", entries[0].Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lattice=\"0.0 2.8 2.8 ", "Cell=\"", "Lattice is ''; expected Lattice=")]
    [InlineData("0.0 2.8 2.8 2.8 0.0", "0.0 2.8 2.8 2.8", "Lattice is '0.0 2.8 2.8 2.8 2.8 2.8 2.8 0.0'")]
    [InlineData("0.0 2.8 2.8 2.8 0.0 2.8", "0.0 2.8 2.8 0.0 2.8 2.8", "Lattice: the cell has a volume of 0 Å³")]
    [InlineData("0.0 2.8 2.8 2.8 0.0", "0.0 2.8 2.8 nan 0.0", "Lattice is '")]
    [InlineData("T T T", "T T F", "pbc is 'T T F'")]
    [InlineData("species:S:1:pos:R:3", "species:S:1:place:R:3", "Properties is '")]
    [InlineData("forces:R:3", "forces:R:99999999999", "Properties is '")]
    [InlineData("Cl 2.8 2.8 2.8", "Carbon 2.8 2.8 2.8", "file:4: the line is 'Carbon 2.8 2.8 2.8 0 0 0'")]
    [InlineData("Cl 2.8 2.8 2.8", "119 2.8 2.8 2.8", "file:4: the line is '119 2.8 2.8 2.8 0 0 0'")]
    [InlineData("Cl 2.8 2.8 2.8", "Xx 2.8 2.8 2.8", "file:4: the line is 'Xx 2.8 2.8 2.8 0 0 0'")]
    [InlineData(
        "Cl 2.8 2.8 2.8 0 0 0",
        "Cl 2.8 2.8",
        "file:4: the line is 'Cl 2.8 2.8'; expected an element in column 1"
    )]
    public void Read_damaged_frame_says_what_is_wrong_and_goes_on(string part, string damage, string expected)
    {
        string damaged = RockSalt.Replace(part, damage, StringComparison.Ordinal);

        DataSetEntry[] entries = FormatText.Read(Format, damaged + RockSalt);

        Assert.Equal([false, true], entries.Select(entry => entry.IsRecord));
        Assert.Contains(expected, entries[0].Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2\n", "3\n", "the file ends within a frame")]
    [InlineData("2\n", "1\n", "file:4: the line is 'Cl 2.8 2.8 2.8 0 0 0'; expected the number of atoms of a frame")]
    [InlineData("2\n", "2000000000\n", "expected the number of atoms of a frame, 0 to 100000")]
    [InlineData("2\n", "-2\n", "file:1: the line is '-2'")]
    public void Read_wrong_count_ends_the_reading(string part, string damage, string expected)
    {
        string text = part + RockSalt[part.Length..];
        text = text.Replace(part, damage, StringComparison.Ordinal);

        StructureFormatException problem = Assert.Throws<StructureFormatException>(() => FormatText.Read(Format, text));

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }
}
