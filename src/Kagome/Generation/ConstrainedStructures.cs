using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Prototypes;

namespace Kagome;

/// <summary>Makes structures obey what is known of a crystal, or says that they do not.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class ConstrainedStructures(CrystalConstraints constraints, double symprec)
{
    /// <summary>By what share the volumes of proposals and samples are off: they are estimates, and give way to what is known.</summary>
    private const double VolumeError = 0.25;

    /// <summary>Whether a known crystal may propose: it, or its mirror image, has a space group that is admitted.</summary>
    public bool IsLeftOut(KnownCrystal known) => !constraints.AdmitsImage(known.SpaceGroup);

    /// <summary>The proposal in the cell and at the volume that are known; null where it cannot be.</summary>
    public Proposal? Fit(Proposal proposal)
    {
        Structure structure = constraints.Admits(proposal.Template.SpaceGroup)
            ? proposal.Structure
            : MirrorImage(proposal.Structure);
        return Fit(structure) is { } fitted ? proposal with { Structure = fitted } : null;
    }

    /// <summary>The structure in the cell and at the volume that are known; null where it cannot be.</summary>
    public Structure? Fit(Structure structure)
    {
        Structure? inCell = constraints.Cell is { } cell
            ? CellFit.Find(structure, cell, constraints.CellTolerance, VolumeError)
            : structure;
        if (inCell is null || constraints.VolumePerAtom is not { } range || range.Contains(inCell.VolumePerAtom))
        {
            return inCell;
        }

        double nearest = Math.Clamp(inCell.VolumePerAtom, range.Smallest, range.Largest);
        return constraints.Cell is null && Math.Abs((nearest / inCell.VolumePerAtom) - 1) <= VolumeError
            ? new Structure(inCell.Lattice.ScaleToVolume(nearest * inCell.AtomCount), inCell.Sites)
            : null;
    }

    /// <summary>The symmetry of a structure: the highest within symprec that is admitted, else the highest.</summary>
    public CrystalSymmetry? Symmetry(Structure structure)
    {
        CrystalSymmetry? highest = new SymmetryFinder(symprec).Find(structure);
        return highest is null || constraints.Admits(highest.Group.Number)
            ? highest
            : SymmetryLadder
                .Tolerances.Where(tolerance => tolerance < symprec)
                .Reverse()
                .Select(tolerance => new SymmetryFinder(tolerance).Find(structure))
                .FirstOrDefault(found => found is not null && constraints.Admits(found.Group.Number))
                ?? highest;
    }

    /// <summary>Why a structure that <see cref="Fit(Structure)"/> gives up is not what was asked for.</summary>
    public string Misfit =>
        constraints.VolumePerAtom is null ? "none of its cells is the one that is asked for"
        : constraints.Cell is null ? "its volume is not as is asked for"
        : "its cell and its volume are not as is asked for";

    /// <summary>Why the space group of a structure is not what was asked for; null where it is.</summary>
    public string? Problem(CrystalSymmetry? symmetry) =>
        constraints.Admits(symmetry?.Group.Number) ? null
        : symmetry is null ? "no space group was found, though one is asked for"
        : $"its space group is {symmetry.Group}, which is not asked for";

    private static Structure MirrorImage(Structure structure) =>
        new(
            structure.Lattice,
            structure.Sites.Select(site => site with { Position = new Fractional(0, 0, 0) - site.Position })
        );
}
