namespace Kagome.Core.Lattices;

/// <summary>Which set of vectors stands for a lattice.</summary>
public enum NiggliConvention
{
    /// <summary>Vectors that meet the conditions of Niggli.</summary>
    Strict,

    /// <summary>
    /// The vectors that pymatgen 2022.11.7's Lattice.get_niggli_reduced_lattice returns, for results that depend on the choice.
    /// </summary>
    /// <remarks>
    /// It picks one of the sets that a symmetric lattice has (<see cref="NiggliSetting"/>), and, as it does not look at the
    /// vectors again between steps A1 and A3, some cells keep angles of both kinds and thereby a longer c.
    /// </remarks>
    Pymatgen,
}
