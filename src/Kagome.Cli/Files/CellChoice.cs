namespace Kagome.Cli.Files;

/// <summary>The cell to describe a crystal by.</summary>
internal enum CellChoice
{
    /// <summary>The standard primitive cell of its space group, atoms moved to exact symmetry.</summary>
    Primitive,

    /// <summary>The standard conventional cell of its space group, atoms moved to exact symmetry.</summary>
    Conventional,

    /// <summary>The Niggli cell of the lattice that is given; the atoms stay where they are.</summary>
    Niggli,
}
