using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.Cif;

public sealed class CifReaderTests
{
    private const double Tolerance = 1e-12;
    private static readonly CifFormat Format = new();

    [Fact]
    public void Read_symmetry_fills_the_cell_site_after_site()
    {
        Structure crystal = FormatText.ReadOne(Format, CifText.RockSalt);

        Assert.Equal(
            ["Na", "Na", "Na", "Na", "Cl", "Cl", "Cl", "Cl"],
            crystal.Sites.Select(site => site.Element.Symbol)
        );
        Assert.Equal(new Fractional(0, 0.5, 0.5), crystal.Sites[1].Position);
        Assert.Equal(5.64, crystal.Lattice.Parameters.A, Tolerance);
    }

    [Theory]
    [InlineData("_symmetry_equiv_pos_as_xyz", "_space_group_symop_operation_xyz")]
    [InlineData("_symmetry_equiv_pos_as_xyz", "_space_group_symop.operation_xyz")]
    [InlineData("_cell_length_a", "_CELL.Length_A")]
    [InlineData("loop_\n", "LOOP_ # a comment\n\n")]
    [InlineData("data_NaCl", "# comment\r\n\r\nDATA_NaCl")]
    [InlineData("5.64(2)", "564e-2(2)")]
    [InlineData("_cell_angle_beta 90", "_cell_angle_beta\n;90\n;")]
    [InlineData("_cell_angle_beta 90", "_cell_angle_beta 90 _note 'O'Neill said \"so\"' _other \"it's\" # not 'this")]
    [InlineData(
        "_cell_angle_beta 90",
        "_cell_angle_beta 90\n_text\n;\n data_no loop_ _cell_length_a 9\n;\nsave_frame _cell_length_a 3 save_"
    )]
    [InlineData("Na1 Na1+", "Na1 ?")]
    [InlineData("Na1 Na1+", ". NA")]
    [InlineData(" 1.0", " .")]
    [InlineData("'F m -3 m'", "?")]
    public void Read_other_spelling_means_the_same(string part, string spelling)
    {
        string text = CifText.RockSalt.Replace(part, spelling, StringComparison.Ordinal);

        Structure crystal = FormatText.ReadOne(Format, text);

        CrystalAssert.Same(FormatText.ReadOne(Format, CifText.RockSalt), crystal, Tolerance);
    }

    [Fact]
    public void Read_position_near_a_threefold_axis_moves_onto_it()
    {
        const string Graphene = """
            data_C
            _cell_length_a 2.46
            _cell_length_b 2.46
            _cell_length_c 6.7
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 120
            loop_
            _symmetry_equiv_pos_as_xyz
            x,y,z -y,x-y,z -x+y,-x,z -x,-y,-z y,-x+y,-z x-y,x,-z
            loop_
            _atom_site_label _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z
            C1 0.333 0.667 0
            """;

        Structure crystal = FormatText.ReadOne(Format, Graphene);

        Assert.Equal(2, crystal.AtomCount);
        Assert.Equal(1.0 / 3, crystal.Sites[0].Position.X, Tolerance);
        Assert.Equal(2.0 / 3, crystal.Sites[0].Position.Y, Tolerance);
        Assert.Equal(2.0 / 3, crystal.Sites[1].Position.X, Tolerance);
    }

    [Fact]
    public void Read_without_symmetry_keeps_positions_as_they_are_written()
    {
        string text = Without(CifText.RockSalt, "loop_\n_symmetry_equiv", "loop_\n_atom")
            .Replace("'F m -3 m'", "'P 1'", StringComparison.Ordinal)
            .Replace("Na1+ 0 0 0", "Na1+ -0.3333 0 1.25", StringComparison.Ordinal);

        Structure crystal = FormatText.ReadOne(Format, text);

        Assert.Equal(2, crystal.AtomCount);
        Assert.Equal(new Fractional(-0.3333, 0, 1.25), crystal.Sites[0].Position);
    }

    [Theory]
    [InlineData("Na1", "Na")]
    [InlineData("OW2", "O")]
    [InlineData("Oh1", "O")]
    [InlineData("D", "H")]
    [InlineData("Dy4", "Dy")]
    [InlineData("Fe3A", "Fe")]
    [InlineData("cl(2)", "Cl")]
    public void Read_label_without_type_symbol_tells_the_element(string label, string expected)
    {
        string text = CifText.RockSalt.Replace("Na1 Na1+", $"{label} ?", StringComparison.Ordinal);

        Assert.Equal(expected, FormatText.ReadOne(Format, text).Sites[0].Element.Symbol);
    }

    [Fact]
    public void Read_several_blocks_gives_a_crystal_each_and_passes_over_others()
    {
        string second = CifText.RockSalt.Replace("data_NaCl", "data_second", StringComparison.Ordinal);
        DataSetEntry[] entries = FormatText.Read(
            Format,
            $"data_global\n_journal_year 1997\n{CifText.RockSalt}\n{second.Replace("5.64(2)", "x", StringComparison.Ordinal)}\n{second}"
        );

        Assert.Equal(["NaCl", null, "second"], entries.Select(entry => entry.Record?.Id));
        Assert.StartsWith("file:27 in data_second: ", entries[1].Problem!.Message, StringComparison.Ordinal);
    }

    /// <summary>ASE calls every crystal so, and the file has the better name.</summary>
    [Theory]
    [InlineData("image0", "crystal")]
    [InlineData("image12", "crystal-12")]
    [InlineData("image", "image")]
    [InlineData("image-1", "image-1")]
    [InlineData("imaged", "imaged")]
    public void Read_block_that_ASE_numbered_is_named_after_the_file(string block, string id)
    {
        string text = CifText.RockSalt.Replace("data_NaCl", $"data_{block}", StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(FormatText.Read(Format, text, "folder/crystal.cif")).Record!.Id);
    }

    [Theory]
    [InlineData("data_1\n_cell_length_a")]
    [InlineData("loop_")]
    [InlineData("data_")]
    [InlineData("data_1 loop_")]
    [InlineData("data_1 loop_ _cell_length_a")]
    [InlineData("data_1 save_")]
    [InlineData("data_1\n;")]
    [InlineData(";")]
    [InlineData("'")]
    [InlineData("data_1 _a '")]
    [InlineData("")]
    public void Read_rest_of_a_file_is_a_problem(string text) => _ = FormatText.ProblemOf(Format, text);

    [Fact]
    public void Read_any_cut_or_changed_text_ends_with_entries_or_a_problem() =>
        Gen.Select(Gen.Int[0, CifText.RockSalt.Length - 1], Gen.Char[" \n';\"_?.,x0#"], Gen.Int[0, 40])
            .Sample(
                (position, letter, cut) =>
                {
                    int end = Math.Min(CifText.RockSalt.Length, position + cut);
                    string text = $"{CifText.RockSalt[..position]}{letter}{CifText.RockSalt[end..]}";
                    try
                    {
                        _ = FormatText.Read(Format, text);
                    }
                    catch (StructureFormatException problem)
                    {
                        Assert.NotEmpty(problem.Problem);
                    }
                },
                seed: "0N0XIzNsQ0O2",
                iter: 2000,
                threads: 1
            );

    private static string Without(string text, string from, string to)
    {
        int start = text.IndexOf(from, StringComparison.Ordinal);
        return text.Remove(start, text.IndexOf(to, start + 1, StringComparison.Ordinal) - start);
    }
}
