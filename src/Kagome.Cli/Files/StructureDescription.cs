using System.Collections.Immutable;
using Kagome.Core.Lattices;
using Kagome.Core.Neighbors;
using Kagome.Core.Structures;
using Kagome.Symmetry;

namespace Kagome.Cli.Files;

/// <summary>What can be said of a structure at a glance.</summary>
/// <remarks>
/// Lengths in Å, angles in degrees, volumes in Å³, the density in g/cm³. The shortest distance is that of any two atoms, images
/// included. It and the validity are null where there are too many atoms to measure; the problem says so, or why it is not
/// valid. Handedness, right or left, is that of the lattice vectors. The space group
/// is null where there is no spglib, or none was found within symprec (in Å).
/// </remarks>
internal sealed record StructureDescription(
    string Id,
    string Formula,
    string ReducedFormula,
    int FormulaUnits,
    int Atoms,
    LatticeParameters Cell,
    double Volume,
    double VolumePerAtom,
    double Density,
    double? ShortestDistance,
    bool? Valid,
    string? Problem,
    string Handedness,
    SymmetryDescription? SpaceGroup,
    double Symprec,
    ImmutableSortedDictionary<string, double> Labels
)
{
    /// <summary>Time grows with the square: this many atoms take some seconds.</summary>
    private const int MostMeasuredAtoms = 2000;

    public static StructureDescription Of(CrystalRecord record, double symprec)
    {
        Structure structure = record.Structure;
        bool isMeasured = structure.AtomCount <= MostMeasuredAtoms;
        string? problem = isMeasured
            ? StructureValidity.Problem(structure)
            : $"not measured: more than {MostMeasuredAtoms} atoms";
        return new StructureDescription(
            record.Id,
            structure.Composition.Formula,
            structure.Composition.ReducedFormula,
            structure.Composition.FormulaUnits,
            structure.AtomCount,
            structure.Lattice.Parameters,
            structure.Lattice.Volume,
            structure.VolumePerAtom,
            structure.Density,
            isMeasured ? ShortestDistanceOf(structure) : null,
            isMeasured ? problem is null : null,
            problem,
            structure.Lattice.Determinant > 0 ? "right" : "left",
            SymmetryDescription.Of(new SymmetryFinder(symprec).Find(structure)),
            symprec,
            record.Labels
        );
    }

    private static double? ShortestDistanceOf(Structure structure) =>
        NiggliReduction.TryReduce(structure.Lattice, out _) ? PeriodicDistances.Shortest(structure) : null;
}
