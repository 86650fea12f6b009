using System.Globalization;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Poscar;
using Kagome.Formats.Text;

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
    [InlineData("1.0\n", "1.0!scale\n")]
    [InlineData("1.0\n", "1.0 # scale\n")]
    [InlineData("0.0 2.8 2.8", "0.0 2.8 2.8!a")]
    [InlineData("Na Cl\n1 1", "Na Cl ! species\n1 1!number")]
    [InlineData("Na Cl\n1 1", "Na\nCl # species\n1\n1")]
    [InlineData("Na Cl\n1 1", "Na_sv/ Cl_GW/12ab34\n1 1")]
    [InlineData("Direct", "Direct ! mode")]
    [InlineData("Direct", "Selective dynamics\nDirect")]
    [InlineData("0 0 0\n", "0 0 0 T T F Na\n")]
    [InlineData("0.5 0.5 0.5", "0.5 5D-1 5d-1\n\n0 0 0\n0 0 0")]
    [InlineData("Direct\n0 0 0\n0.5 0.5 0.5", "Cartesian\n0 0 0\n2.8 2.8 2.8")]
    public void Read_other_spelling_means_the_same(string part, string spelling)
    {
        Structure crystal = FormatText.ReadOne(Format, RockSalt.Replace(part, spelling, StringComparison.Ordinal));

        CrystalAssert.Same(FormatText.ReadOne(Format, RockSalt), crystal, Tolerance);
    }

    [Theory]
    [InlineData("Na Cl", "1 1", "NaCl")]
    [InlineData("Na Cl ! of the handbook", "1 1", "NaCl")]
    [InlineData("Na Cl  rock salt", "1 1", "NaCl")]
    [InlineData("Na1 Cl1", "1 1", "NaCl")]
    [InlineData("NaCl", "1 1", "NaCl")]
    [InlineData("NaCl", "2 2", "Na2Cl2")]
    [InlineData("Na2Cl2", "2 2", "Na2Cl2")]
    [InlineData("Fe Fe", "1 1", "Fe2")]
    [InlineData("Si", "3", "Si3")]
    [InlineData("Si3", "3", "Si3")]
    public void Read_title_that_is_a_list_or_formula_names_the_elements(string title, string counts, string expected)
    {
        CrystalRecord record = Assert.Single(FormatText.Read(Format, Vasp4(title, counts))).Record!;

        Assert.Equal(expected, record.Structure.Composition.Formula);
        Assert.Contains("are taken from the title", Assert.Single(record.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cubic BN", "1 1")]
    [InlineData("POSCAR", "2")]
    [InlineData("diamond", "2")]
    [InlineData("unit cell", "1 1")]
    [InlineData("NaCl unitcell", "1 1")]
    [InlineData("some comment", "1 1")]
    [InlineData("U = 4 eV", "2")]
    [InlineData("As grown", "2")]
    [InlineData("Si diamond", "2")]
    [InlineData("NaCl2", "1 1")]
    [InlineData("Si8", "2")]
    [InlineData("Na Cl I", "1 1")]
    [InlineData("NA CL", "1 1")]
    [InlineData("co", "2")]
    [InlineData("", "2")]
    public void Read_title_that_says_something_else_is_refused(string title, string counts)
    {
        string message = FormatText.ProblemOf(Format, Vasp4(title, counts)).Message;

        Assert.StartsWith($"file:6: the line is '{counts}', as in files of VASP 4", message, StringComparison.Ordinal);
        Assert.Contains("on a line of their own before the counts", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" Na", " Cl")]
    [InlineData(" Na1 remark", " Cl2")]
    [InlineData(" T F T Na", " F F F Cl")]
    [InlineData(" # Na", " !Cl")]
    public void Read_symbols_behind_positions_name_the_elements(string first, string second)
    {
        string text = Vasp4("cubic", "1 1")
            .Replace("\n0 0 0", $"\n0 0 0{first}", StringComparison.Ordinal)
            .Replace("0.1 0 0", $"0.1 0 0{second}", StringComparison.Ordinal);

        Assert.Equal("NaCl", FormatText.ReadOne(Format, text).Composition.Formula);
    }

    [Theory]
    [InlineData(" T T T", " T T T")]
    [InlineData(" F F F", " F F F")]
    [InlineData(" Na", "")]
    [InlineData(" Carbon", " Oxygen")]
    public void Read_other_words_behind_positions_name_no_elements(string first, string second)
    {
        string text = Vasp4("cubic", "1 1")
            .Replace("\n0 0 0", $"\n0 0 0{first}", StringComparison.Ordinal)
            .Replace("0.1 0 0", $"0.1 0 0{second}", StringComparison.Ordinal);

        Assert.Contains("VASP 4", FormatText.ProblemOf(Format, text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_symbols_behind_positions_that_contradict_the_counts_are_refused()
    {
        string text = Vasp4("cubic", "2")
            .Replace("\n0 0 0", "\n0 0 0 Na", StringComparison.Ordinal)
            .Replace("0.1 0 0", "0.1 0 0 Cl", StringComparison.Ordinal);

        Assert.Contains(
            "are Na and Cl within one group of 2",
            FormatText.ProblemOf(Format, text).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_symbols_that_wrap_are_those_of_all_lines()
    {
        string[] symbols = [.. Element.All.Take(25).Select(element => element.Symbol)];
        string text =
            $"many\n9\n1 0 0\n0 1 0\n0 0 1\n{string.Join(' ', symbols[..20])}\n{string.Join(' ', symbols[20..])}\n"
            + $"{string.Join(' ', Enumerable.Repeat(1, 20))}\n1 1 1 1 1\nDirect\n"
            + string.Join('\n', Enumerable.Range(0, 25).Select(site => $"0 0 0.{site + 10}"));

        Assert.Equal(symbols, FormatText.ReadOne(Format, text).Sites.Select(site => site.Element.Symbol));
    }

    [Theory]
    [InlineData("Direct configuration=     1\n0 0 0\n.5 .5 .5\nDirect configuration=     2\n0 0 .01\n.5 .5 .5\n")]
    [InlineData("Konfig=     1\n0 0 0\n.5 .5 .5\n\nKonfig=     2\n0 0 .01\n.5 .5 .5\n")]
    public void Read_trajectory_gives_every_frame(string frames)
    {
        string text = RockSalt[..RockSalt.IndexOf("Direct", StringComparison.Ordinal)] + frames;

        DataSetEntry[] entries = FormatText.Read(Format, text, "run/XDATCAR");

        Assert.Equal(["XDATCAR:1", "XDATCAR:2"], entries.Select(entry => entry.Record?.Id));
        Assert.Equal([0, 0.01], entries.Select(entry => entry.Record!.Structure.Sites[0].Position.Z));
    }

    [Fact]
    public void Read_trajectory_of_a_changing_cell_takes_each_cell()
    {
        string frame = RockSalt.Replace("Direct", "Direct configuration= 1", StringComparison.Ordinal);
        string larger = frame.Replace("1.0\n", "2.0\n", StringComparison.Ordinal);

        DataSetEntry[] entries = FormatText.Read(Format, $"{frame}\n{larger}\n");

        Assert.Equal([2.8, 5.6], entries.Select(entry => entry.Record!.Structure.Lattice.A.Y));
    }

    [Fact]
    public void Read_trajectory_that_breaks_off_keeps_the_frames_before()
    {
        string text =
            RockSalt.Replace("Direct", "Direct configuration= 1", StringComparison.Ordinal)
            + "\nDirect configuration= 2\n0 0 0\n";

        DataSetEntry[] entries = FormatText.Read(Format, text);

        Assert.Equal([true, false], entries.Select(entry => entry.IsRecord));
        Assert.Contains("expected a position", entries[1].Problem!.Message, StringComparison.Ordinal);
    }

    /// <summary>A file without a line of symbols.</summary>
    private static string Vasp4(string title, string counts)
    {
        int atoms = counts.Split(' ').Sum(word => int.Parse(word, CultureInfo.InvariantCulture));
        IEnumerable<string> positions = Enumerable
            .Range(0, atoms)
            .Select(atom => atom == 0 ? "0 0 0" : $"0.{atom} 0 0");
        return $"{title}\n1.0\n0 2.8 2.8\n2.8 0 2.8\n2.8 2.8 0\n{counts}\nDirect\n{string.Join('\n', positions)}\n";
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
    [InlineData("Na Cl\n1 1", "Nb/Zr Cl\n1 1", "'Nb/Zr' is no element")]
    [InlineData("Na Cl\n1 1", "Carbon Oxygen\n1 1", "'Carbon' is no element")]
    [InlineData("Direct\n", "", "the line is '0 0 0'; expected Direct or Cartesian")]
    [InlineData("Direct", "", "the line is ''; expected Direct or Cartesian")]
    [InlineData("Na Cl\n1 1", "2", "expected element symbols, such as Na Cl, on a line of their own")]
    [InlineData("0.5 0.5 0.5", "0.5 0.5 x", "file:10: the line is '0.5 0.5 x'; expected a position")]
    [InlineData("\n0.5 0.5 0.5", "", "the file ends after this line; expected a position")]
    [InlineData("Na Cl\n1 1\nDirect", "", "file:6: the line is empty; expected element symbols")]
    public void Read_damaged_file_says_what_is_wrong(string part, string damage, string expected)
    {
        string text = RockSalt.Replace(part, damage, StringComparison.Ordinal);

        Assert.Contains(expected, FormatText.ProblemOf(Format, text).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\r\nb")]
    public void Write_nameThatIsNoLine_isReadAgain(string id)
    {
        CrystalRecord record = new(id, FormatText.ReadOne(Format, RockSalt));

        Assert.Equal(2, FormatText.ReadOne(Format, FormatText.Write(Format, record)).AtomCount);
    }

    [Fact]
    public void Write_several_crystals_is_refused()
    {
        CrystalRecord record = new("a", FormatText.ReadOne(Format, RockSalt));

        ArgumentException exception = Assert.Throws<ArgumentException>(() => FormatText.Write(Format, record, record));

        Assert.Contains("2 crystals and poscar holds one", exception.Message, StringComparison.Ordinal);
    }
}
