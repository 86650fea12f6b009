namespace Kagome.Formats.Tests.Cif;

/// <summary>CIFs to read and to damage.</summary>
internal static class CifText
{
    /// <summary>Rock salt in its conventional cell: 8 atoms from 2 sites and the centring.</summary>
    public const string RockSalt = """
        data_NaCl
        _cell_length_a 5.64(2)
        _cell_length_b 5.64
        _cell_length_c 5.64
        _cell_angle_alpha 90
        _cell_angle_beta 90
        _cell_angle_gamma 90
        _symmetry_space_group_name_H-M 'F m -3 m'
        loop_
        _symmetry_equiv_pos_as_xyz
        x,y,z
        x,1/2+y,1/2+z
        'x+1/2, y, z+0.5'
        "1/2+X,1/2+Y,Z"
        loop_
        _atom_site_label
        _atom_site_type_symbol
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z
        _atom_site_occupancy
        Na1 Na1+ 0 0 0 1
        Cl1 Cl1- 0.5 0.5 0.5(1) 1.0
        """;

    /// <summary>A cell and its sites, with something between them.</summary>
    /// <param name="between">Names of the space group, operations or other items.</param>
    /// <param name="cell">Lengths and angles.</param>
    /// <param name="sites">Rows of label, x, y, z.</param>
    public static string Crystal(string between, string cell = "5.64 5.64 5.64 90 90 90", params string[] sites)
    {
        string[] numbers = cell.Split(' ');
        string[] names = ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"];
        string[] rows = sites.Length > 0 ? sites : ["Na1 0 0 0", "Cl1 0.5 0.5 0.5"];
        return $"""
            data_crystal
            {string.Join('\n', names.Zip(numbers, (name, number) => $"_cell_{name} {number}"))}
            {between}
            loop_
            _atom_site_label
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            {string.Join('\n', rows)}

            """;
    }
}
