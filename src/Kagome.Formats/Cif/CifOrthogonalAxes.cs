using Kagome.Crystals.Lattices;

namespace Kagome.Formats.Cif;

/// <summary>The orthogonal axes that the Cartesian coordinates of a data block refer to.</summary>
/// <param name="Vectors">The cell in these axes.</param>
/// <param name="Origin">Where the corner of the cell lies, in Å.</param>
/// <remarks>Source: _atom_sites_Cartn_transform of the core dictionary: X = M x + v. Without a matrix a is along x, c* along z.</remarks>
internal sealed record CifOrthogonalAxes(Lattice Vectors, Cartesian Origin)
{
    /// <summary>How much the volume by the matrix may differ from that of the cell.</summary>
    private const double VolumeTolerance = 0.01;

    /// <exception cref="StructureFormatException">The matrix is damaged, or belongs to another cell.</exception>
    public static CifOrthogonalAxes Of(CifBlock block, Lattice lattice)
    {
        if (!CifConstants.CartesianMatrix.Any(name => block.Values(name) is not null))
        {
            RemarkAxes(block);
            return new CifOrthogonalAxes(Standard(lattice), default);
        }

        double[] m = [.. CifConstants.CartesianMatrix.Select(name => Number(block, name))];
        double[] v =
        [
            .. CifConstants.CartesianVector.Select(name => block.Values(name) is null ? 0 : Number(block, name)),
        ];
        Cartesian Column(int index) => new(m[index], m[3 + index], m[6 + index]);
        (Cartesian a, Cartesian b, Cartesian c) = (Column(0), Column(1), Column(2));
        double volume = Math.Abs(a.Dot(b.Cross(c)));
        return Math.Abs(volume - lattice.Volume) <= VolumeTolerance * lattice.Volume
            ? new CifOrthogonalAxes(new Lattice(a, b, c), new(v[0], v[1], v[2]))
            : throw block.ProblemInBlock(
                $"{CifConstants.CartesianMatrix[0]} to _33 make a cell of {volume:0.###} Å³, and the cell has {lattice.Volume:0.###} Å³; expected one volume."
            );
    }

    public Fractional ToFractional(Cartesian position) => Vectors.ToFractional(position - Origin);

    private static void RemarkAxes(CifBlock block)
    {
        if (block.Value(CifConstants.CartesianAxes) is { } text)
        {
            block.Remark(
                text,
                $"{CifConstants.CartesianAxes} is '{text.Text}' and there is no matrix; coordinates are read with a along x and c* along z."
            );
        }
    }

    private static double Number(CifBlock block, string name) =>
        block.Value(name) is { } value && CifNumber.TryParse(value, out double number)
            ? number
            : throw block.ProblemInBlock($"there is no number {name}; expected the whole matrix.");

    /// <summary>The cell in the axes along a, in the plane of a and b, and along c*.</summary>
    private static Lattice Standard(Lattice lattice)
    {
        Cartesian x = (1 / lattice.A.Length) * lattice.A;
        Cartesian normal = lattice.A.Cross(lattice.B);
        Cartesian z = (1 / normal.Length) * normal;
        Cartesian y = z.Cross(x);
        Cartesian Turned(Cartesian vector) => new(vector.Dot(x), vector.Dot(y), vector.Dot(z));
        return new Lattice(Turned(lattice.A), Turned(lattice.B), Turned(lattice.C));
    }
}
