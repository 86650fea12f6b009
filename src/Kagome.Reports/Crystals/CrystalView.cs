using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Reports.Crystals;

/// <summary>A crystal's cell seen from far away: a upright in front, c upwards, turned a little so that all three vectors show.</summary>
/// <remarks>Depends on the cell's lengths and angles, not on how the crystal is turned in its file: equal crystals look equal. Safe to use from several threads.</remarks>
internal sealed class CrystalView
{
    /// <summary>How far from the cell's wall an atom counts as on it and is shown on the opposite wall too, as a fraction of a lattice vector.</summary>
    private const double WallTolerance = 0.03;

    private const double TurnDegrees = 22;
    private const double TiltDegrees = 14;

    private static readonly double SinTurn = Math.Sin(TurnDegrees * Math.PI / 180);
    private static readonly double CosTurn = Math.Cos(TurnDegrees * Math.PI / 180);
    private static readonly double SinTilt = Math.Sin(TiltDegrees * Math.PI / 180);
    private static readonly double CosTilt = Math.Cos(TiltDegrees * Math.PI / 180);

    /// <param name="structure">Seen in the cell that it is given in.</param>
    public CrystalView(Structure structure)
    {
        Lattice lattice = Lattice.FromParameters(structure.Lattice.Parameters); // c along z
        bool isMirrored = structure.Lattice.Determinant < 0;
        SeenPoint See(Fractional position)
        {
            Cartesian point = lattice.ToCartesian(position);
            return Turned(isMirrored ? point with { Y = -point.Y } : point);
        }

        Edges = [.. CellEdges().Select(edge => new SeenEdge(See(edge.From), See(edge.To)))];
        Atoms =
        [
            .. structure
                .Sites.SelectMany(site => Copies(site.Position).Select(copy => new DrawnAtom(site.Element, See(copy))))
                .OrderBy(atom => atom.Centre.Depth),
        ];
    }

    /// <summary>The twelve edges of the cell.</summary>
    public IReadOnlyList<SeenEdge> Edges { get; }

    /// <summary>The atoms in the cell and on its walls, from the farthest to the nearest.</summary>
    public IReadOnlyList<DrawnAtom> Atoms { get; }

    /// <summary>The same atom in this cell, and again on each wall across from one that it lies on.</summary>
    private static IEnumerable<Fractional> Copies(Fractional position)
    {
        Fractional inside = position.Wrap();
        return from x in Along(inside.X)
            from y in Along(inside.Y)
            from z in Along(inside.Z)
            select new Fractional(x, y, z);

        static double[] Along(double value) =>
            value < WallTolerance ? [value, value + 1]
            : value > 1 - WallTolerance ? [value - 1, value]
            : [value];
    }

    private static IEnumerable<(Fractional From, Fractional To)> CellEdges()
    {
        double[] ends = [0, 1];
        return from first in ends
            from second in ends
            from edge in new (Fractional, Fractional)[]
            {
                (new(0, first, second), new(1, first, second)),
                (new(first, 0, second), new(first, 1, second)),
                (new(first, second, 0), new(first, second, 1)),
            }
            select edge;
    }

    private static SeenPoint Turned(Cartesian point)
    {
        double across = (CosTurn * point.X) + (SinTurn * point.Y);
        double away = (CosTurn * point.Y) - (SinTurn * point.X);
        return new SeenPoint(across, (CosTilt * point.Z) + (SinTilt * away), (SinTilt * point.Z) - (CosTilt * away));
    }
}
