using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Cif;

namespace Kagome.Formats.Tests.Cif;

/// <summary>Items that are read past, and values that are written in unusual ways.</summary>
public sealed class CifItemTests
{
    private const double Tolerance = 1e-9;
    private static readonly CifFormat Format = new();

    [Theory]
    [InlineData("_journal_name_full")]
    [InlineData("_publ_author_name John Smith")]
    [InlineData("_publ_section_title It's an 'unfinished thing")]
    [InlineData("_publ_section_title\nThe crystal of \"something\non two lines")]
    [InlineData("_chemical_formula_moiety [Cu (N H3)4")]
    [InlineData("loop_\n_publ_author_name\n_publ_author_address\n'A. B.' here\n'C. D.'")]
    [InlineData("loop_")]
    [InlineData("_journal_year 1997\n_journal_year 1998")]
    [InlineData("_cell_length_a 5.64")]
    [InlineData("_cell.length_a 5.640")]
    [InlineData("_title '''It's\n_cell_length_a 3 'quoted' \n''' _other 2")]
    [InlineData("_title \"\"\"a \"word\" and ''' \"\"\"")]
    [InlineData("_title ''")]
    [InlineData("_symmetry_space_group_name_H-M 'P 1'\n_symmetry_space_group_name_H-M P1")]
    public void Read_item_that_nobody_asks_for_harms_nothing(string item) =>
        CrystalAssert.Same(
            FormatText.ReadOne(Format, CifText.Crystal("")),
            FormatText.ReadOne(Format, CifText.Crystal(item)),
            Tolerance
        );

    [Theory]
    [InlineData("This file was exported by hand\n")]
    [InlineData("It's from 'somewhere\n_cell_length_a 3\n")]
    public void Read_lines_before_the_first_block_are_passed_over(string lines) =>
        Assert.Equal(2, FormatText.ReadOne(Format, lines + CifText.Crystal("")).AtomCount);

    [Theory]
    [InlineData("_end")]
    [InlineData("stop_\n_end")]
    [InlineData("_journal_year")]
    public void Read_keyword_ends_the_atoms(string keyword) =>
        Assert.Equal(2, FormatText.ReadOne(Format, $"{CifText.Crystal("")}{keyword}").AtomCount);

    [Fact]
    public void Read_version_2_takes_lists_and_tables_for_one_value()
    {
        string text =
            "#\\#CIF_2.0\n"
            + CifText.Crystal(
                "_a [1 2\n [3 ']' ] ]\n_b {\"loop_\":1 'data_':[2]}\nloop_\n_c\n_d\n[1 2] 3\n[4\n5] 6",
                sites: ["Na1 0 0 0 [1 _x]", "Cl1 0.5 0.5 0.5 {'a':\n2}"]
            );

        Structure crystal = FormatText.ReadOne(
            Format,
            text.Replace("_atom_site_fract_z", "_atom_site_fract_z\n_atom_site_list", StringComparison.Ordinal)
        );

        Assert.Equal("NaCl", crystal.Composition.Formula);
    }

    [Theory]
    [InlineData("_cell_length_a 5.7", "a second time, with another value")]
    [InlineData("_cell_angle_gamma_su 1 loop_ _cell_length_a", "a second time")]
    [InlineData("_title '''no end", "the text that begins here has no end")]
    public void Read_damage_that_matters_is_refused(string item, string expected) =>
        Assert.Contains(
            expected,
            FormatText.ProblemOf(Format, CifText.Crystal(item)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Read_list_without_end_is_refused() =>
        Assert.Contains(
            "the list that begins here has no end",
            FormatText.ProblemOf(Format, "#\\#CIF_2.0\n" + CifText.Crystal("_a [1 2")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Read_dots_for_coordinates_are_zeros_with_a_remark()
    {
        CrystalRecord crystal = FormatText.ReadRecord(Format, CifText.Crystal("", sites: ["Mn1 . . .", "F1 0.5 . ."]));

        Assert.Equal(new Fractional(0.5, 0, 0), crystal.Structure.Sites[1].Position);
        Assert.Contains("5 coordinates are '.'", Assert.Single(crystal.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_empty_site_is_left_out_with_a_remark()
    {
        string text = CifText.RockSalt.Replace("0.5(1) 1.0", "0.5(1) 0.000", StringComparison.Ordinal);

        CrystalRecord crystal = FormatText.ReadRecord(Format, text);

        Assert.Equal("Na4", crystal.Structure.Composition.Formula);
        Assert.Contains(crystal.Remarks, remark => remark.Contains("1 of 2 sites", StringComparison.Ordinal));
        string empty = text.Replace("Na1 Na1+ 0 0 0 1", "Na1 Na1+ 0 0 0 0", StringComparison.Ordinal);
        Assert.Contains(
            "none of the 2 sites is occupied",
            FormatText.ProblemOf(Format, empty).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_oxygen_of_a_hydroxyl_group_is_remarked_where_hydrogen_is_missing()
    {
        CrystalRecord lacking = FormatText.ReadRecord(
            Format,
            CifText.Crystal("", sites: ["Mg1 0 0 0", "OH1 0.5 0.5 0.5"])
        );
        CrystalRecord whole = FormatText.ReadRecord(
            Format,
            CifText.Crystal("", sites: ["Mg1 0 0 0", "OH1 0.5 0.5 0.5", "H1 0.5 0.5 0.7"])
        );

        Assert.Contains("'OH1' tells of a hydroxyl group", Assert.Single(lacking.Remarks), StringComparison.Ordinal);
        Assert.Empty(whole.Remarks);
    }

    [Theory]
    [InlineData("'Na Cl'", 0)]
    [InlineData("'Cl4 Na4'", 0)]
    [InlineData("'Na Cl H2 O'", 1)]
    [InlineData("'Na0.9 Cl'", 0)]
    public void Read_atoms_that_are_not_the_formula_are_remarked(string formula, int count) =>
        Assert.Equal(
            count,
            FormatText.ReadRecord(Format, CifText.Crystal($"_chemical_formula_sum {formula}")).Remarks.Length
        );

    [Theory]
    [InlineData("", "0.1 0.2 0.3")]
    [InlineData(
        "_atom_sites_Cartn_tran_matrix_11 0 _atom_sites_Cartn_tran_matrix_12 5 _atom_sites_Cartn_tran_matrix_13 0 "
            + "_atom_sites_Cartn_tran_matrix_21 4 _atom_sites_Cartn_tran_matrix_22 0 _atom_sites_Cartn_tran_matrix_23 0 "
            + "_atom_sites_Cartn_tran_matrix_31 0 _atom_sites_Cartn_tran_matrix_32 0 _atom_sites_Cartn_tran_matrix_33 6 "
            + "_atom_sites_Cartn_tran_vector_1 1 _atom_sites_Cartn_tran_vector_2 0 _atom_sites_Cartn_tran_vector_3 0",
        "0.25 -0.12 0.3"
    )]
    public void Read_cartesian_coordinates_are_turned_into_fractions(string matrix, string expected)
    {
        string text = CifText
            .Crystal(matrix, "4 5 6 90 90 90", "C1 0.4 1.0 1.8")
            .Replace("_fract_", "_Cartn_", StringComparison.Ordinal);

        Fractional position = FormatText.ReadOne(Format, text).Sites[0].Position;

        double[] numbers =
        [
            .. expected
                .Split(' ')
                .Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(numbers[0], position.X, Tolerance);
        Assert.Equal(numbers[1], position.Y, Tolerance);
        Assert.Equal(numbers[2], position.Z, Tolerance);
    }

    [Fact]
    public void Read_cartesian_coordinates_of_a_skewed_cell_have_a_along_x_and_c_star_along_z()
    {
        // b of a cell with gamma 120 is (-b/2, b √3/2, 0)
        string text = CifText
            .Crystal("", "4 4 6 90 90 120", "C1 -1 1.7320508075688772 3")
            .Replace("_fract_", "_Cartn_", StringComparison.Ordinal);

        Fractional position = FormatText.ReadOne(Format, text).Sites[0].Position;

        Assert.Equal(0, position.X, Tolerance);
        Assert.Equal(0.5, position.Y, Tolerance);
        Assert.Equal(0.5, position.Z, Tolerance);
    }
}
