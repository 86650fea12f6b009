using System.Globalization;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>A Wyckoff position: the sites of the conventional cell that one kind of site symmetry allows, such as 4a of Fm-3m.</summary>
/// <remarks>
/// <para>In the usual setting of each group: the first of <see cref="SpaceGroupSetting.OfNumber"/>. Safe to use from several threads.</para>
/// <para>Source: International Tables A, from the database of spglib (github.com/spglib/spglib, BSD-3-Clause) by eng/make-wyckoff.py.</para>
/// </remarks>
public sealed class WyckoffPosition
{
    private const string ResourceName = "wyckoff-positions.tsv";
    private static readonly Lazy<ILookup<int, WyckoffPosition>> ByGroup = new(Read);

    private WyckoffPosition(string[] columns)
    {
        SpaceGroupNumber = int.Parse(columns[0], CultureInfo.InvariantCulture);
        Letter = columns[1][0];
        Multiplicity = int.Parse(columns[2], CultureInfo.InvariantCulture);
        SiteSymmetry = columns[3];
        Coordinates = columns[4];
        SymmetryCoordinate[] rows = [.. Coordinates.Split(',').Select(Coordinate)];
        (SymmetryCoordinate x, SymmetryCoordinate y, SymmetryCoordinate z) = (rows[0], rows[1], rows[2]);
        Map = new(x.OfX, x.OfY, x.OfZ, y.OfX, y.OfY, y.OfZ, z.OfX, z.OfY, z.OfZ);
        Offset = new(x.Shift, y.Shift, z.Shift);
    }

    /// <summary>1 to 230.</summary>
    public int SpaceGroupNumber { get; }

    /// <summary>Its letter in International Tables A: a for the most special; A comes after z in Pmmm.</summary>
    public char Letter { get; }

    /// <summary>Sites in the conventional cell.</summary>
    public int Multiplicity { get; }

    /// <summary>The oriented symbol of what leaves a site in its place, such as <c>m-3m</c> or <c>.3.</c>.</summary>
    public string SiteSymmetry { get; }

    /// <summary>Its first site, such as <c>x,x+x,1/4</c>; the operations of the group make the others.</summary>
    public string Coordinates { get; }

    /// <summary>How the first site follows from x, y and z: by this matrix from a column, and <see cref="Offset"/>.</summary>
    public IntegerMatrix3 Map { get; }

    /// <summary>The first site where x, y and z are 0.</summary>
    public Fractional Offset { get; }

    /// <summary>How many of x, y and z are free: 0 to 3.</summary>
    public int Freedom =>
        Enumerable.Range(0, 3).Count(column => Enumerable.Range(0, 3).Any(row => Map[row, column] != 0));

    /// <summary>The positions of a group, the most special (a) first.</summary>
    /// <param name="spaceGroupNumber">1 to 230; there are none of others.</param>
    public static IReadOnlyList<WyckoffPosition> Of(int spaceGroupNumber) => [.. ByGroup.Value[spaceGroupNumber]];

    /// <summary>The first site for given x, y and z; it is not wrapped into the cell.</summary>
    public Fractional Site(Fractional free) => new SymmetryOperation(Map, Offset).Apply(free);

    /// <summary>Multiplicity and letter, such as 4a.</summary>
    public override string ToString() => $"{Multiplicity}{Letter}";

    private static SymmetryCoordinate Coordinate(string text) =>
        SymmetryCoordinate.TryParse(text, out SymmetryCoordinate coordinate, largestFactor: 2)
            ? coordinate
            : throw new InvalidOperationException($"{text} of {ResourceName} is no coordinate.");

    private static ILookup<int, WyckoffPosition> Read()
    {
        using Stream stream = typeof(WyckoffPosition).Assembly.GetManifestResourceStream(ResourceName)!;
        using StreamReader reader = new(stream);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(row => new WyckoffPosition(row.TrimEnd('\r').Split('\t')))
            .Reverse()
            .ToLookup(position => position.SpaceGroupNumber);
    }
}
