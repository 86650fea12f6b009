using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kagome.Formats.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.Cif;

/// <summary>What the reader says about files that hold no usable crystal.</summary>
public sealed class CifDamageTests
{
    private const int SecondsToRefuse = 20;
    private static readonly CifFormat Format = new();

    [Theory]
    [InlineData(
        "5.64(2)",
        "'5.6x'",
        "2 in data_NaCl: _cell_length_a is '5.6x'; expected a length in Å, such as 5.64 or 5.64(2)."
    )]
    [InlineData("5.64(2)", "5.64(2", "_cell_length_a is '5.64(2'")]
    [InlineData("5.64(2)", "?", "_cell_length_a is '?'")]
    [InlineData("5.64(2)", "NaN", "_cell_length_a is 'NaN'")]
    [InlineData("5.64(2)", "1e999", "_cell_length_a is '1e999'")]
    [InlineData("5.64(2)", "0", "a is 0; expected a length in Å above 0")]
    [InlineData("5.64(2)", "-1", "a is -1")]
    [InlineData("5.64(2)", "1e9", "a lattice vector is 1000000000 Å long")]
    [InlineData("_cell_angle_beta 90", "_cell_angle_beta 180", "beta is 180")]
    [InlineData("_cell_angle_beta 90", "_cell_angle_beta 1e-9", "enclose no volume")]
    [InlineData("_cell_angle_beta 90", "", "there is no _cell_angle_beta")]
    [InlineData(
        "_cell_angle_beta 90",
        "_cell_length_a 5",
        "_cell_length_a stands here a second time, with another value"
    )]
    [InlineData("_cell_angle_beta 90", "_cell_angle_beta _x", "_cell_angle_beta has no value")]
    [InlineData("_cell_angle_beta 90", "_cell_angle_beta 90 95", "the value '95' has no name")]
    [InlineData("_cell_angle_beta 90", "_cell_angle_beta 'no end", "the value that begins with ' has no end")]
    [InlineData("_cell_angle_beta 90", "_cell_angle_beta 90\n;text", "the text that begins with ';' here has no end")]
    [InlineData("x,1/2+y,1/2+z", "x,1/2+y", "_symmetry_equiv_pos_as_xyz is 'x,1/2+y'; expected an operation")]
    [InlineData("x,1/2+y,1/2+z", "x,1/0+y,z", "_symmetry_equiv_pos_as_xyz is 'x,1/0+y,z'")]
    [InlineData("x,1/2+y,1/2+z", "x,x,z", "_symmetry_equiv_pos_as_xyz is 'x,x,z'")]
    [InlineData("x,y,z\n", "-x,-y,z\n", "lacks x,y,z")]
    [InlineData("Cl1 Cl1-", "Cl1", "the loop has 11 values for 6 columns")]
    [InlineData("Cl1 Cl1-", "Cl1 Qq", "site Cl1 has the type symbol 'Qq'")]
    [InlineData("Cl1 Cl1-", "X1 .", "the label 'X1' may be a dummy")]
    [InlineData("Cl1 Cl1-", "CO1 .", "the label 'CO1' may begin with either of two elements")]
    [InlineData("Cl1 Cl1-", "Wat1 .", "the label 'Wat1' may be a dummy")]
    [InlineData("0.5(1) 1.0", "0.5 0.87", "23 in data_NaCl: site Cl1 has the occupancy 0.87; expected 1.")]
    [InlineData("0.5(1) 1.0", "0.5 full", "site Cl1 has the occupancy 'full'")]
    [InlineData("0.5(1) 1.0", "? 1.0", "site Cl1 has no place: _atom_site_fract_z is ?")]
    [InlineData("0.5(1) 1.0", "1/2 1.0", "site Cl1 has _atom_site_fract_z '1/2'")]
    [InlineData("0.5 0.5 0.5(1)", "0 0 0.001", "sites Na1 and Cl1 share the place (0, 0, 0")]
    [InlineData("0.5 0.5 0.5(1)", "0 0.5 0.5", "sites Na1 and Cl1 share the place (0, 0.5, 0.5)")]
    [InlineData("_atom_site_fract_x", "_atom_site_Cartn_x", "there is no _atom_site_fract_x")]
    [InlineData("_atom_site_fract_x", "_atom_site_other", "there is no _atom_site_fract_x")]
    [InlineData(
        "_atom_site_label\n",
        "_atom_site_label Na1 Cl1 Br1 loop_ _x\n",
        "_atom_site_label has 3 values and _atom_site_fract_x has 2"
    )]
    public void Read_damaged_file_says_what_is_wrong(string part, string damage, string expected)
    {
        string text = CifText.RockSalt.Replace(part, damage, StringComparison.Ordinal);

        StructureFormatException problem = FormatText.ProblemOf(Format, text);

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_dummy_atom_is_named()
    {
        string text = CifText
            .RockSalt.Replace("_atom_site_occupancy", "_atom_site_calc_flag", StringComparison.Ordinal)
            .Replace("0.5(1) 1.0", "0.5(1) dum", StringComparison.Ordinal);

        Assert.Contains(
            "site Cl1 is a dummy atom",
            FormatText.ProblemOf(Format, text).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("_symmetry_space_group_name_H-M 'F m -5 m'")]
    [InlineData("_space_group_name_Hall 'F -7 2 3'")]
    [InlineData("_space_group_IT_number 231")]
    public void Read_space_group_without_operations_says_what_to_do(string name)
    {
        string text = CifText
            .RockSalt.Replace("_symmetry_equiv_pos_as_xyz", "_no_operations", StringComparison.Ordinal)
            .Replace("_symmetry_space_group_name_H-M 'F m -3 m'", name, StringComparison.Ordinal);

        string message = FormatText.ProblemOf(Format, text).Message;

        Assert.Contains("file:8 in data_NaCl: ", message, StringComparison.Ordinal);
        Assert.Contains(
            $"{name.Split(' ', 2)[1].Trim('\'')}' is no known space group",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("List _space_group_symop_operation_xyz", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_million_atoms_is_refused_soon()
    {
        StringBuilder text = new("data_large _cell_length_a 100 _cell_length_b 100 _cell_length_c 100\n");
        _ = text.Append("_cell_angle_alpha 90 _cell_angle_beta 90 _cell_angle_gamma 90\n");
        _ = text.Append("loop_ _atom_site_label _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z\n");
        for (int atom = 0; atom < 1_000_000; atom++)
        {
            _ = text.Append(
                CultureInfo.InvariantCulture,
                $"C {atom % 100 / 100.0} {atom / 100 % 100 / 100.0} {atom / 10000 / 100.0}\n"
            );
        }

        Stopwatch watch = Stopwatch.StartNew();
        string message = FormatText.ProblemOf(Format, text.ToString()).Message;

        Assert.Contains("the loop has more than 100000 rows", message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, SecondsToRefuse);
    }

    [Fact]
    public void Read_most_atoms_takes_no_quadratic_time()
    {
        StringBuilder text = new(CifText.RockSalt);
        for (int atom = 0; atom < (FormatLimits.MaximumAtoms / 4) - 2; atom++)
        {
            // nearly one place, but apart by more than the tolerance
            _ = text.Append(
                CultureInfo.InvariantCulture,
                $"\nC{atom} C {0.01 + (atom % 50 * 0.004)} {0.01 + (atom / 50 % 50 * 0.004)} {0.01 + (atom / 2500 * 0.004)} 1"
            );
        }

        Stopwatch watch = Stopwatch.StartNew();

        Assert.Equal(FormatLimits.MaximumAtoms, FormatText.ReadOne(Format, text.ToString()).AtomCount);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, SecondsToRefuse);
    }

    [Fact]
    public void Read_too_many_operations_is_refused()
    {
        string operations = string.Concat(Enumerable.Repeat("x,y,z\n", 2000));
        string text = CifText.RockSalt.Replace("x,y,z\n", operations, StringComparison.Ordinal);

        Assert.Contains(
            "lists 2003 operations; expected at most 1536",
            FormatText.ProblemOf(Format, text).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_binary_says_so() =>
        Assert.Contains("NUL", FormatText.ProblemOf(Format, "data_1\0").Message, StringComparison.Ordinal);

    [Fact]
    public void Read_other_text_says_so() =>
        Assert.Equal(
            "file:1: begins with 'POSCAR'; expected a CIF, which begins with data_ and a name.",
            FormatText.ProblemOf(Format, "POSCAR of NaCl").Message
        );
}
