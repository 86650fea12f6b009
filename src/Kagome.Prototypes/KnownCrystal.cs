using System.Collections.Immutable;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Prototypes;

/// <summary>A crystal of a library, whose elements others may take the place of.</summary>
/// <remarks>Kept as whole numbers, so that a library of a hundred thousand is small; <see cref="Structure"/> is made when asked for.</remarks>
public sealed class KnownCrystal
{
    private readonly PackedCell cell;

    internal KnownCrystal(AnonymousFormula formula, ImmutableArray<Element> elements, PackedCell cell) =>
        (Formula, Elements, this.cell) = (formula, elements, cell);

    /// <summary>The name in its source, such as mp-4651.</summary>
    public required string Id { get; init; }

    /// <summary>Where it comes from, such as Materials Project.</summary>
    public required string Source { get; init; }

    /// <summary>How many atoms each slot has.</summary>
    public AnonymousFormula Formula { get; }

    /// <summary>The element in each slot of its structure type.</summary>
    public ImmutableArray<Element> Elements { get; }

    /// <summary>Which structure type it is, of those of its anonymous formula; from 0.</summary>
    public required int Type { get; init; }

    /// <summary>Space group number of International Tables A; null where it was not determined.</summary>
    public required int? SpaceGroup { get; init; }

    /// <summary>Energy above the convex hull, in eV/atom; null where it is not known.</summary>
    public required double? EnergyAboveHull { get; init; }

    /// <summary>Cell volume divided by the number of atoms, in Å³.</summary>
    public double VolumePerAtom => cell.Lattice.Volume / Formula.AtomCount;

    /// <summary>The crystal, its sites slot by slot.</summary>
    public Structure Structure => With(Elements, cell.Lattice);

    /// <summary>Its formula, such as SrTiO3.</summary>
    public string ReducedFormula => Structure.Composition.ReducedFormula;

    internal PackedCell Cell => cell;

    /// <summary>Whether it is of a composition: of the same elements, with as many atoms of each.</summary>
    /// <param name="composition">All atoms of a cell.</param>
    public bool IsOf(Composition composition)
    {
        ArgumentNullException.ThrowIfNull(composition);
        return composition.Counts.Count == Elements.Length
            && Elements
                .Zip(Formula.Counts)
                .All(slot => composition.Counts.GetValueOrDefault(slot.First) == slot.Second);
    }

    /// <summary>Whether it has a formula, in a cell of any size.</summary>
    /// <param name="composition">Any number of formula units.</param>
    public bool HasFormulaOf(Composition composition)
    {
        ArgumentNullException.ThrowIfNull(composition);
        Composition unit = composition.Reduced;
        return Formula.AtomCount % unit.AtomCount == 0 && IsOf(unit.Times(Formula.AtomCount / unit.AtomCount));
    }

    /// <summary>The same sites with other elements, at another volume.</summary>
    /// <param name="elements">The element of each slot.</param>
    /// <param name="volumePerAtom">In Å³.</param>
    internal Structure With(ImmutableArray<Element> elements, double volumePerAtom) =>
        With(elements, cell.Lattice.ScaleToVolume(volumePerAtom * Formula.AtomCount));

    private Structure With(ImmutableArray<Element> elements, Lattice lattice) =>
        new(
            lattice,
            Formula
                .Counts.SelectMany((count, slot) => Enumerable.Repeat(elements[slot], count))
                .Zip(cell.Positions, (element, position) => new Site(element, position))
        );
}
