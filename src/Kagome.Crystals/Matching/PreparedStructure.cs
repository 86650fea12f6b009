using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Matching;

/// <summary>A crystal ready for comparison: reduced once, compared many times.</summary>
public sealed class PreparedStructure
{
    private PreparedStructure(Structure reduced)
    {
        Reduced = reduced;
        ReducedFormula = reduced.Composition.Reduced;
        Parameters = reduced.Lattice.Parameters;
        // rare elements first: they tell crystals apart soonest
        SiteOrder =
        [
            .. Enumerable
                .Range(0, reduced.AtomCount)
                .OrderBy(index => reduced.Composition.Counts[reduced.Sites[index].Element])
                .ThenBy(index => reduced.Sites[index].Element),
        ];
        Positions = [.. SiteOrder.Select(index => reduced.Sites[index].Position)];
        GroupSizes =
        [
            .. reduced
                .Composition.Counts.OrderBy(pair => pair.Value)
                .ThenBy(pair => pair.Key)
                .Select(pair => pair.Value),
        ];
        ReferenceSite = FirstOfRarest(reduced);
        ReferenceGroupStart = ReferenceSite / GroupSizes[0] * GroupSizes[0]; // all groups before it are as small
    }

    /// <summary>The primitive, Niggli-reduced cell.</summary>
    public Structure Reduced { get; }

    /// <summary>Composition of one formula unit.</summary>
    public Composition ReducedFormula { get; }

    internal LatticeParameters Parameters { get; }

    /// <summary>Sites of the reduced cell sorted by element, rare ones first.</summary>
    internal ImmutableArray<int> SiteOrder { get; }

    /// <summary>The positions of the sites, in the order of <see cref="SiteOrder"/>.</summary>
    internal Fractional[] Positions { get; }

    /// <summary>How many sites of each element there are, in the order of <see cref="SiteOrder"/>.</summary>
    internal int[] GroupSizes { get; }

    /// <summary>The atom that is laid onto atoms of the other crystal, counted in <see cref="SiteOrder"/>.</summary>
    internal int ReferenceSite { get; }

    /// <summary>The first atom of the element of the reference atom; there are GroupSizes[0] of it.</summary>
    internal int ReferenceGroupStart { get; }

    /// <summary>Takes a structure to its primitive, reduced cell, in which it can be compared many times.</summary>
    /// <exception cref="ArgumentException">The lattice is too skewed for double precision.</exception>
    /// <exception cref="OperationCanceledException">The preparation was cancelled.</exception>
    public static PreparedStructure Of(Structure structure, CancellationToken cancellationToken = default) =>
        new(
            PrimitiveCell.Of(NiggliCell.Of(structure, NiggliConvention.Pymatgen), cancellationToken: cancellationToken)
        );

    /// <summary>Prepares a structure, or returns false where its lattice is too skewed for double precision.</summary>
    /// <exception cref="OperationCanceledException">The preparation was cancelled.</exception>
    public static bool TryPrepare(
        Structure structure,
        [NotNullWhen(true)] out PreparedStructure? prepared,
        CancellationToken cancellationToken = default
    )
    {
        prepared = null;
        bool isReducible = NiggliReduction.TryReduce(
            structure.Lattice,
            out ReducedLattice? reduced,
            convention: NiggliConvention.Pymatgen
        );
        try
        {
            prepared = isReducible
                ? new(PrimitiveCell.Of(NiggliCell.Of(structure, reduced!), cancellationToken: cancellationToken))
                : null;
        }
        catch (ArgumentException)
        {
            // a smaller cell can be too skewed where the given one is not
        }

        return prepared is not null;
    }

    /// <summary>The same crystal with other elements on its sites, elements that differ staying different.</summary>
    /// <param name="replacement">The new element of each.</param>
    public PreparedStructure Replace(Func<Element, Element> replacement) =>
        new(
            new Structure(
                Reduced.Lattice,
                Reduced.Sites.Select(site => site with { Element = replacement(site.Element) })
            )
        );

    /// <summary>The first site, in the order of the reduced structure, of those elements that have the fewest.</summary>
    private int FirstOfRarest(Structure reduced)
    {
        int fewest = GroupSizes[0];
        int site = Enumerable
            .Range(0, reduced.AtomCount)
            .First(index => reduced.Composition.Counts[reduced.Sites[index].Element] == fewest);
        return SiteOrder.IndexOf(site);
    }
}
