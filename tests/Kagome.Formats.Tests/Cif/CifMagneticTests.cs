using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Cif;

namespace Kagome.Formats.Tests.Cif;

public sealed class CifMagneticTests
{
    private const string Operations = """
        _space_group_magn.number_BNS 2.7
        loop_
        _space_group_symop_magn_operation.id
        _space_group_symop_magn_operation.xyz
        1 x,y,z,+1
        2 -x,-y,-z,-1
        """;

    private const string Centrings = """
        loop_
        _space_group_symop_magn_centering.id
        _space_group_symop_magn_centering.xyz
        1 x,y,z,+1
        2 x+1/2,y,z+1/2,-1
        """;

    private static readonly CifFormat Format = new();

    [Fact]
    public void Read_magnetic_operations_and_centrings_move_atoms_by_their_spatial_part()
    {
        Structure crystal = FormatText.ReadOne(
            Format,
            CifText.Crystal($"{Operations}\n{Centrings}", sites: "Fe1 0.1 0.2 0.3")
        );

        Assert.Equal(4, crystal.AtomCount);
        Assert.Contains(crystal.Sites, site => Distance(site.Position, new(0.4, 0.8, 0.2)) < 1e-9);
    }

    [Fact]
    public void Read_magnetic_operations_without_centrings_are_applied_alone() =>
        Assert.Equal(2, FormatText.ReadOne(Format, CifText.Crystal(Operations, sites: "Fe1 0.1 0.2 0.3")).AtomCount);

    [Fact]
    public void Read_operations_of_the_older_magnetic_items_are_applied()
    {
        const string Older =
            "loop_\n_magnetic_space_group_symop_id\n_magnetic_space_group_symop_operation_xyz\n1 x,y,z\n2 -x,-y,-z";

        Assert.Equal(2, FormatText.ReadOne(Format, CifText.Crystal(Older, sites: "Fe1 0.1 0.2 0.3")).AtomCount);
    }

    [Theory]
    [InlineData("_space_group_magn.number_BNS 15.90", "_space_group_magn_number_BNS is '15.90'")]
    [InlineData("_space_group_ssg_name 'I m m m (0 0 g)'", "_space_group_ssg_name is")]
    [InlineData("_cell_modulation_dimension 1", "_cell_modulation_dimension is '1'")]
    [InlineData(
        "loop_\n_space_group_symop_ssg_operation_algebraic\nx1,x2,x3,x4\n-x1,-x2,-x3,-x4",
        "_space_group_symop_ssg_operation_algebraic is"
    )]
    [InlineData(
        "loop_\n_space_group_symop_magn_ssg_operation.algebraic\nx1,x2,x3,x4,+1",
        "_space_group_symop_magn_ssg_operation_algebraic is"
    )]
    [InlineData(
        "loop_\n_space_group_symop_magn_operation.xyz\nx,y,z",
        "_space_group_symop_magn_operation_xyz is 'x,y,z'"
    )]
    [InlineData("loop_\n_space_group_symop_magn_operation.xyz\n-x,y,z,1", "lacks x,y,z")]
    public void Read_symmetry_that_is_not_applied_is_refused_by_name(string symmetry, string expected) =>
        Assert.Contains(
            expected,
            FormatText.ProblemOf(Format, CifText.Crystal(symmetry)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Read_modulated_crystal_with_operations_is_its_mean_structure()
    {
        const string Modulated =
            "_cell_modulation_dimension 1\nloop_\n_space_group_symop_operation_xyz\nx,y,z\n-x,-y,-z";

        CrystalRecord crystal = FormatText.ReadRecord(Format, CifText.Crystal(Modulated, sites: "Cr1 0.1 0.2 0.3"));

        Assert.Equal(2, crystal.Structure.AtomCount);
        Assert.Contains("mean structure", Assert.Single(crystal.Remarks), StringComparison.Ordinal);
    }

    private static double Distance(Fractional first, Fractional second)
    {
        Fractional shift = (first - second).WrapToNearest();
        return Math.Abs(shift.X) + Math.Abs(shift.Y) + Math.Abs(shift.Z);
    }
}
