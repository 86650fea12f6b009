using Kagome.Formats.Text;

namespace Kagome.Formats.Tests;

/// <summary>Places so far away that no distance can be told, or written.</summary>
public sealed class FarAtomTests
{
    [Theory]
    [InlineData("poscar", "Po\n1\n3 0 0\n0 3 0\n0 0 3\nPo\n1\nDirect\n0 1e308 0\n")]
    [InlineData("poscar", "GaAs\n2\n0 5 5\n5 0 5\n5 5 0\nGa\n1\nCartesian\n1e308 0 0\n")]
    [InlineData("extxyz", "1\nLattice=\"3 0 0 0 3 0 0 0 3\"\nPo 0 -1e308 0\n")]
    [InlineData("jsonl", """{"cell": [4, 4, 4, 90, 90, 90], "z": [84], "frac": [[0, 1e7, 0]]}""")]
    [InlineData(
        "jsonl",
        """{"lattice_mat": [[4, 0, 0], [0, 4, 0], [0, 0, 4]], "coords": [[0, 1e308, 0]], "elements": ["Na"]}"""
    )]
    [InlineData(
        "json",
        """{"lattice": {"matrix": [[4, 0, 0], [0, 4, 0], [0, 0, 4]]}, "sites": [{"species": [{"element": "Po", "occu": 1}], "abc": [0, 0, -1e308]}]}"""
    )]
    [InlineData(
        "json",
        """{"data": [{"type": "structures", "attributes": {"lattice_vectors": [[4, 0, 0], [0, 4, 0], [0, 0, 4]], "cartesian_site_positions": [[0, 0, 1e308]], "species_at_sites": ["Na"]}}]}"""
    )]
    [InlineData(
        "cif",
        "data_x\n_cell_length_a 3\n_cell_length_b 3\n_cell_length_c 3\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\nloop_\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nCu 0 0 1e308\n"
    )]
    public void Read_atomBeyondTheLargestCoordinate_isRefused(string format, string text) =>
        Assert.Contains(
            "expected none beyond",
            FormatText.ProblemOf(StructureFormats.ByName(format), text).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Read_atomAtTheLargestCoordinate_isRead() =>
        Assert.Equal(
            FormatLimits.LargestCoordinate,
            FormatText
                .ReadOne(StructureFormats.ByName("poscar"), "Po\n1\n3 0 0\n0 3 0\n0 0 3\nPo\n1\nDirect\n0 1e6 0\n")
                .Sites[0]
                .Position.Y
        );
}
