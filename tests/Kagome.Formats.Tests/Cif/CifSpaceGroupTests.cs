using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats.Cif;

namespace Kagome.Formats.Tests.Cif;

/// <summary>Space groups that a CIF names without listing their operations.</summary>
public sealed class CifSpaceGroupTests
{
    private static readonly CifFormat Format = new();

    [Theory]
    [InlineData("_symmetry_space_group_name_H-M 'F m -3 m'")]
    [InlineData("_symmetry_space_group_name_H-M F m -3 m")]
    [InlineData("_symmetry_space_group_name_H-M Fm-3m")]
    [InlineData("_space_group_name_H-M_alt 'F m 3 m'")]
    [InlineData("_space_group_name_H-M_full 'F 4/m -3 2/m'")]
    [InlineData("_space_group.name_H-M_ref 'F m -3 m'")]
    [InlineData("_space_group_name_Hall '-F 4 2 3'")]
    [InlineData("_symmetry_space_group_name_Hall -F_4_2_3")]
    [InlineData("_space_group_IT_number 225")]
    [InlineData("_symmetry_Int_Tables_number 225\n_symmetry_space_group_name_H-M ?")]
    [InlineData("_space_group_name_H-M_alt 'F m -3 m'\n_space_group_name_Hall '-F 4 2 3'\n_space_group_IT_number 225")]
    [InlineData("_space_group_name_H-M_alt 'F m -3 m S'\nloop_\n_space_group_symop_operation_xyz\n?")]
    public void Read_name_without_operations_fills_the_cell(string name)
    {
        CrystalRecord crystal = FormatText.ReadRecord(Format, CifText.Crystal(name));

        Assert.Equal("Na4Cl4", crystal.Structure.Composition.Formula);
        Assert.Empty(crystal.Remarks);
    }

    [Theory]
    [InlineData("_symmetry_space_group_name_H-M P_1")]
    [InlineData("_symmetry_space_group_name_H-M P1\n_symmetry_Int_Tables_number 0")]
    [InlineData("_symmetry_space_group_name_H-M\n_symmetry_Int_Tables_number")]
    [InlineData("_symmetry_space_group_name_H-M unknown")]
    [InlineData("_symmetry_space_group_name_H-M 1")]
    [InlineData("_space_group_IT_number 1")]
    [InlineData("")]
    public void Read_no_symmetry_leaves_the_sites(string name) =>
        Assert.Equal(2, FormatText.ReadOne(Format, CifText.Crystal(name)).AtomCount);

    [Theory]
    [InlineData("F d 3 m", "5.43 5.43 5.43 90 90 90", 16, "took F d -3 m :1")]
    [InlineData("F d -3 m :1", "5.43 5.43 5.43 90 90 90", 16, null)]
    [InlineData("F d -3 m :2", "5.43 5.43 5.43 90 90 90", 8, null)]
    [InlineData("F d -3 m Z", "5.43 5.43 5.43 90 90 90", 8, null)]
    public void Read_origin_is_the_first_where_none_is_stated(string name, string cell, int count, string? remark)
    {
        string text = CifText.Crystal($"_symmetry_space_group_name_H-M '{name}'", cell, "Si1 0.125 0.125 0.125");

        CrystalRecord crystal = FormatText.ReadRecord(Format, text);

        Assert.Equal(count, crystal.Structure.AtomCount);
        Assert.Equal(remark is null ? 0 : 1, crystal.Remarks.Length);
        Assert.Contains(remark ?? "", string.Concat(crystal.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 16)]
    [InlineData("2", 8)]
    public void Read_coordinate_system_code_chooses_the_origin(string code, int count)
    {
        string names = $"_space_group_IT_number 227\n_space_group_IT_coordinate_system_code {code}";

        CrystalRecord crystal = FormatText.ReadRecord(
            Format,
            CifText.Crystal(names, "5.43 5.43 5.43 90 90 90", "Si1 0.125 0.125 0.125")
        );

        Assert.Equal(count, crystal.Structure.AtomCount);
        Assert.Empty(crystal.Remarks);
    }

    [Theory]
    [InlineData("4.5 4.5 11.9 90 90 120", "'R -3 m'", 6, null)]
    [InlineData("4.7 4.7 4.7 57 57 57", "'R -3 m'", 2, null)]
    [InlineData("4.7 4.7 4.7 57 57 57", "'R -3 m :H'", 2, "took R -3 m :R")]
    [InlineData("4.5 4.5 11.9 90 90 120", "'R -3 m {rhombohedral axes}'", 6, "took R -3 m :H")]
    public void Read_rhombohedral_axes_follow_the_cell(string cell, string name, int count, string? remark)
    {
        // on the threefold axis in either axes
        string site = count == 6 ? "Bi1 0 0 0.234" : "Bi1 0.234 0.234 0.234";

        CrystalRecord crystal = FormatText.ReadRecord(
            Format,
            CifText.Crystal($"_space_group_name_H-M_alt {name}", cell, site)
        );

        Assert.Equal(count, crystal.Structure.AtomCount);
        Assert.Contains(remark ?? "", string.Concat(crystal.Remarks), StringComparison.Ordinal);
        Assert.Equal(remark is null, crystal.Remarks.IsEmpty);
    }

    [Theory]
    [InlineData("5 6 7 90 100 90", "(0.9000, 0.7000, 0.2000)")]
    [InlineData("5 6 7 100 90 90", "")]
    public void Read_unique_axis_follows_the_cell(string cell, string image)
    {
        string text = CifText.Crystal("_symmetry_space_group_name_H-M P2(1)/c", cell, "C1 0.1 0.2 0.3");
        Structure crystal = FormatText.ReadOne(Format, text);

        Assert.Equal(4, crystal.AtomCount);
        Assert.Equal(
            image.Length > 0,
            crystal.Sites.Any(site =>
                FormattableString.Invariant($"({site.Position.X:F4}, {site.Position.Y:F4}, {site.Position.Z:F4})")
                == image
            )
        );
    }

    [Theory]
    [InlineData("_symmetry_space_group_name_H-M 'F m -3 q'", "'F m -3 q' is no known space group")]
    [InlineData("_symmetry_space_group_name_H-M 'P m -3 m'\n_symmetry_Int_Tables_number 225", "disagree")]
    [InlineData("_symmetry_space_group_name_H-M 'P 1'\n_symmetry_Int_Tables_number 225", "disagree")]
    [InlineData("_space_group_name_Hall 'F -4 2 3'\n_space_group_IT_number 225", "is of space group 216")]
    [InlineData("_space_group_name_Hall 'P 1 (1 2 3)'\n_space_group_IT_number 225", "is of a group of 1 rotations")]
    [InlineData("_symmetry_space_group_name_H-M 'P 63/m m c'", "the cell does not have the shape")]
    [InlineData("_space_group_name_Hall '-P 6c 2c'", "the cell does not have the shape")]
    public void Read_name_that_cannot_be_right_is_refused(string names, string expected) =>
        Assert.Contains(
            expected,
            FormatText.ProblemOf(Format, CifText.Crystal(names)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("x,y,z", "whose operations have 48 rotations")]
    [InlineData("x,y,z\n-x,-y,-z\nx,-y,-z", "are no group")]
    public void Read_operations_that_are_less_than_the_group_are_remarked(string operations, string expected)
    {
        string symmetry = $"_symmetry_space_group_name_H-M 'F m -3 m'\nloop_\n_symmetry_equiv_pos_as_xyz\n{operations}";

        CrystalRecord crystal = FormatText.ReadRecord(Format, CifText.Crystal(symmetry));

        Assert.Contains(crystal.Remarks, remark => remark.Contains(expected, StringComparison.Ordinal));
        Assert.All(crystal.Remarks, remark => Assert.StartsWith("file:", remark, StringComparison.Ordinal));
    }

    /// <summary>The slow twin: the operations written out.</summary>
    [Fact]
    public void Read_every_hall_symbol_is_as_its_operations_listed() =>
        Assert.All(
            SpaceGroupSetting
                .All.Where(setting => setting.Number < 75 || setting.Number >= 195)
                .Where((_, index) => index % 7 == 0),
            setting =>
            {
                const string Site = "C1 0.11 0.237 0.389";
                string listed =
                    $"loop_\n_symmetry_equiv_pos_as_xyz\n{string.Join('\n', setting.Operations.Select(one => $"'{one}'"))}";
                Structure expected = FormatText.ReadOne(Format, CifText.Crystal(listed, "20 20 20 90 90 90", Site));
                Structure found = FormatText.ReadOne(
                    Format,
                    CifText.Crystal($"_space_group_name_Hall '{setting.HallSymbol}'", "20 20 20 90 90 90", Site)
                );
                CrystalAssert.Same(expected, found, 1e-9);
            }
        );
}
