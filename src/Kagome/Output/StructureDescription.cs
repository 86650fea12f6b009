using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Crystals.Validity;

namespace Kagome.Output;

/// <summary>What can be said of a structure at a glance.</summary>
/// <remarks>
/// Lengths in Å, angles in degrees, volumes in Å³, the density in g/cm³. The shortest distance is that of any two atoms, images
/// included. It and the validity are null where there are too many atoms to measure; the problem says so, or why it is not
/// valid. Handedness, right or left, is that of the lattice vectors. The space group
/// is null where none was found within symprec (in Å), or none was searched for, of which the reason is given. Remarks are those of the reader.
/// </remarks>
/// <param name="Id">Its name in the file, or the file's.</param>
/// <param name="Formula">The atoms of the cell, such as Na4Cl4.</param>
/// <param name="ReducedFormula">One formula unit.</param>
/// <param name="FormulaUnits">How many the cell has (Z).</param>
/// <param name="Atoms">How many atoms the cell has.</param>
/// <param name="Cell">The lattice parameters.</param>
/// <param name="Volume">Of the cell, in Å³.</param>
/// <param name="VolumePerAtom">In Å³.</param>
/// <param name="Density">In g/cm³.</param>
/// <param name="ShortestDistance">Between any two atoms, images included, in Å; null where there are too many atoms to measure.</param>
/// <param name="IsValid">Whether no atoms are too close and the cell is one that crystals have; null where there are too many atoms to measure.</param>
/// <param name="Problem">Why it is not valid, or was not measured; null where all is well.</param>
/// <param name="Handedness">Of the lattice vectors: right or left.</param>
/// <param name="SpaceGroup">Its symmetry; null where none was found, or none was searched for.</param>
/// <param name="Symprec">How far atoms may lie from symmetric places, in Å.</param>
/// <param name="Labels">Numbers that the file has beside it, in the units of the file.</param>
/// <param name="SpaceGroupUntried">Why no space group was searched for; null where one was.</param>
/// <param name="Remarks">What the reader decided.</param>
/// <param name="SymmetryLadder">The space groups at other tolerances; null where they were not asked for.</param>
public sealed record StructureDescription(
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
    [property: JsonPropertyName("valid")] bool? IsValid,
    string? Problem,
    string Handedness,
    SymmetryDocument? SpaceGroup,
    double Symprec,
    ImmutableSortedDictionary<string, double> Labels,
    string? SpaceGroupUntried,
    ImmutableArray<string> Remarks,
    IReadOnlyList<LadderRung>? SymmetryLadder = null
)
{
    /// <summary>Describes a structure; looks for its space group and measures its distances.</summary>
    /// <param name="record">The structure with its name and labels.</param>
    /// <param name="finder">Finds its space group.</param>
    /// <param name="climbs">Whether the space groups at other tolerances are told, too.</param>
    public static StructureDescription Of(CrystalRecord record, SymmetryFinder finder, bool climbs = false)
    {
        Structure structure = record.Structure;
        bool isMeasured = structure.AtomCount <= StructureValidity.MostMeasuredAtoms;
        string? problem = StructureValidity.QuickProblem(structure);
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
            isMeasured ? StructureValidity.ShortestDistance(structure) : null,
            isMeasured ? problem is null : null,
            problem,
            structure.Lattice.Determinant > 0 ? "right" : "left",
            SymmetryDocument.Of(finder.Find(structure)),
            finder.SymprecAngstrom,
            record.Labels,
            finder.Untried(structure),
            record.Remarks,
            climbs ? [.. Crystals.Symmetry.SymmetryLadder.Of(structure).Select(LadderRung.Of)] : null
        );
    }
}

/// <summary>A space group that a crystal has within a tolerance.</summary>
/// <param name="Number">Of the space group, 1 to 230.</param>
/// <param name="Symbol">Of the space group, such as Fm-3m.</param>
/// <param name="Symprec">The smallest tolerance in Å that was tried and finds it.</param>
/// <param name="LargestDisplacement">How far atoms have to be moved for it, in Å.</param>
public sealed record LadderRung(int Number, string Symbol, double Symprec, double LargestDisplacement)
{
    internal static LadderRung Of(SymmetryRung rung) =>
        new(
            rung.Symmetry.Group.Number,
            rung.Symmetry.Group.Symbol,
            rung.SymprecAngstrom,
            Math.Round(rung.Symmetry.LargestDisplacement, 6)
        );

    /// <summary>Such as "Fm-3m (225) from 0.01 Å on, atoms moved by 0.0043 Å".</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Symbol} ({Number}) from {Symprec} Å on, atoms moved by {LargestDisplacement:F4} Å"
        );
}
