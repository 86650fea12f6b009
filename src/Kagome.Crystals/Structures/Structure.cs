using System.Collections.Immutable;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Structures;

/// <summary>A crystal: a lattice and the atoms of one cell, fully occupied, in a stated order.</summary>
/// <remarks>Positions are kept as they are given; they need not lie in [0, 1).</remarks>
public sealed class Structure
{
    // 1 u in g times the Å³ of a cm³; CODATA 2018
    private const double DensityOfUnitPerCubicAngstrom = 1.66053906660;

    /// <exception cref="ArgumentException">There is no site, or a position is not finite.</exception>
    public Structure(Lattice lattice, IEnumerable<Site> sites)
    {
        Lattice = lattice;
        Sites = [.. sites];
        if (Sites.IsEmpty)
        {
            throw new ArgumentException("A structure needs at least one site.", nameof(sites));
        }

        for (int index = 0; index < Sites.Length; index++)
        {
            if (!Sites[index].Position.IsFinite)
            {
                throw new ArgumentException(
                    $"Site {index} ({Sites[index].Element}) is at {Sites[index].Position}; expected finite fractional coordinates.",
                    nameof(sites)
                );
            }
        }

        Composition = Composition.Of(Sites.Select(site => site.Element));
    }

    /// <summary>The vectors of the cell, in Å.</summary>
    public Lattice Lattice { get; }

    /// <summary>The atoms of one cell, as given: at least one.</summary>
    public ImmutableArray<Site> Sites { get; }

    /// <summary>The atoms of the cell by element, not reduced: Na4Cl4 for the cube of rock salt.</summary>
    public Composition Composition { get; }

    /// <summary>The number of atoms in the cell; at least 1.</summary>
    public int AtomCount => Sites.Length;

    /// <summary>Cell volume divided by the number of atoms, in Å³.</summary>
    public double VolumePerAtom => Lattice.Volume / AtomCount;

    /// <summary>Mass by volume, in g/cm³.</summary>
    public double Density =>
        Composition.Counts.Sum(pair => pair.Key.Data.AtomicMass * pair.Value)
        / Lattice.Volume
        * DensityOfUnitPerCubicAngstrom;
}

/// <summary>One atom of a cell: what it is and where it sits.</summary>
/// <param name="Element">Which atom it is.</param>
/// <param name="Position">In fractions of the lattice vectors; need not lie in [0, 1).</param>
public readonly record struct Site(Element Element, Fractional Position);
