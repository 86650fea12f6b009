using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Matching;

/// <summary>Puts a crystal into a cell that was measured.</summary>
public static class CellFit
{
    /// <summary>Lattice points of the largest centred cell, F.</summary>
    private const int MostPoints = 4;

    private const double DegreesOfRadian = 180 / Math.PI;

    /// <summary>The crystal stretched and turned so that a cell is exactly one of its own; null where none of its cells is like it.</summary>
    /// <param name="structure">Its size does not matter, only its shape: volumes of predictions are estimates.</param>
    /// <param name="cell">A primitive cell, or one of up to four lattice points.</param>
    /// <param name="tolerance">By what share the lengths may differ, and the angles in radians.</param>
    /// <param name="volumeTolerance">By what share the volume may differ.</param>
    public static Structure? Find(Structure structure, LatticeParameters cell, double tolerance, double volumeTolerance)
    {
        ArgumentNullException.ThrowIfNull(structure);
        if (!NiggliReduction.TryReduce(structure.Lattice, out _))
        {
            return null;
        }

        Structure reduced = NiggliCell.Of(structure);
        MatcherOptions tolerances = new() { Ltol = tolerance, AngleTol = tolerance * DegreesOfRadian };
        int likely = (int)Math.Round(cell.Volume / structure.Lattice.Volume);
        return Enumerable
            .Range(1, MostPoints)
            .Where(points => Math.Abs((points * structure.Lattice.Volume / cell.Volume) - 1) <= volumeTolerance)
            .OrderBy(points => Math.Abs(points - likely))
            .Select(points => InCell(reduced, cell, tolerances, points))
            .FirstOrDefault(fitted => fitted is not null);
    }

    private static Structure? InCell(Structure reduced, LatticeParameters cell, MatcherOptions tolerances, int points)
    {
        Lattice scaled = reduced.Lattice.ScaleToVolume(cell.Volume / points);
        LatticeMapping[] likest =
        [
            .. new LatticeMappingSearch(scaled, cell, tolerances, points)
                .Mappings(CancellationToken.None)
                .OrderBy(mapping => Difference(mapping.Parameters, cell))
                .Take(1),
        ];
        if (likest.Length == 0)
        {
            return null;
        }

        Lattice wanted = Lattice.FromParameters(cell);
        IntegerMatrix3 matrix = likest[0].Transform;
        Cartesian Row(Fractional unit) => wanted.ToCartesian(unit / matrix);
        return new Structure(new Lattice(Row(new(1, 0, 0)), Row(new(0, 1, 0)), Row(new(0, 0, 1))), reduced.Sites);
    }

    private static double Difference(LatticeParameters found, LatticeParameters cell) =>
        Math.Pow((found.A / cell.A) - 1, 2)
        + Math.Pow((found.B / cell.B) - 1, 2)
        + Math.Pow((found.C / cell.C) - 1, 2)
        + (
            (
                Math.Pow(found.Alpha - cell.Alpha, 2)
                + Math.Pow(found.Beta - cell.Beta, 2)
                + Math.Pow(found.Gamma - cell.Gamma, 2)
            ) / (DegreesOfRadian * DegreesOfRadian)
        );
}
