using Kagome.Crystals.Lattices;

namespace Kagome.Formats.Cif;

/// <summary>Where the atom sites of a data block are, as fractions of the cell or in Å.</summary>
internal sealed class CifCoordinates
{
    private readonly CifBlock block;
    private readonly string[] names;
    private readonly IReadOnlyList<CifToken>[] columns;
    private readonly CifOrthogonalAxes? axes;
    private readonly List<CifToken> dots = [];

    private CifCoordinates(CifBlock block, string[] names, CifOrthogonalAxes? axes)
    {
        this.block = block;
        this.names = names;
        this.axes = axes;
        columns = [.. names.Select(Required)];
    }

    /// <summary>How many sites there are.</summary>
    public int Count => columns[0].Count;

    /// <summary>The item of the first coordinate.</summary>
    public string Name => names[0];

    /// <summary>The fractional coordinates, or the Cartesian ones where those are all.</summary>
    /// <exception cref="StructureFormatException">There are none, or the axes of the Cartesian ones are not known.</exception>
    public static CifCoordinates Of(CifBlock block, Lattice lattice)
    {
        bool areFractional = CifConstants.Positions.Any(name => Has(block, name));
        return !areFractional && CifConstants.Cartesian.All(name => Has(block, name))
            ? new CifCoordinates(block, CifConstants.Cartesian, CifOrthogonalAxes.Of(block, lattice))
            : new CifCoordinates(block, CifConstants.Positions, axes: null);
    }

    /// <summary>The position of a site in fractions, and how far rounding may have moved each of them.</summary>
    /// <exception cref="StructureFormatException">A coordinate is missing or no number.</exception>
    public (Fractional Position, Fractional Precision) Read(int row, string site)
    {
        (double x, double y, double z) = (Coordinate(0, row, site), Coordinate(1, row, site), Coordinate(2, row, site));
        return axes is null
            ? (new(x, y, z), new(HalfUnit(0, row), HalfUnit(1, row), HalfUnit(2, row)))
            : (axes.ToFractional(new(x, y, z)), default);
    }

    /// <summary>Notes the dots that were read as 0.</summary>
    public void RemarkDots()
    {
        if (dots.Count > 0)
        {
            block.Remark(dots[0], $"{dots.Count} coordinates are '.', which is read as 0, as old ICSD files mean it.");
        }
    }

    private static bool Has(CifBlock block, string name) =>
        block.Values(name) is { Count: > 0 } values && !values.All(value => value.IsMissing && value.Text == "?");

    private IReadOnlyList<CifToken> Required(string name) =>
        block.Values(name) is { Count: > 0 } values
            ? values
            : throw block.ProblemInBlock(
                $"there is no {name}; expected a loop of atom sites with fractional coordinates, or with three Cartesian ones in Å."
            );

    private double HalfUnit(int axis, int row) => CifNumber.HalfUnit(columns[axis][row]);

    private double Coordinate(int axis, int row, string site)
    {
        if (columns[axis].Count != Count)
        {
            throw block.ProblemInBlock(
                $"{names[axis]} has {columns[axis].Count} values and {Name} has {Count}; expected one loop of both."
            );
        }

        CifToken value = columns[axis][row];
        if (value is { IsQuoted: false, Text: "." })
        {
            dots.Add(value);
            return 0;
        }

        return CifNumber.TryParse(value, out double coordinate)
            ? coordinate
            : throw block.ProblemAt(
                value,
                value.IsMissing
                    ? $"site {site} has no place: {names[axis]} is {value.Text}. Find its coordinates or remove it."
                    : $"site {site} has {names[axis]} '{value.Text}'; expected a number such as 0.25 or 0.2500(3)."
            );
    }
}
