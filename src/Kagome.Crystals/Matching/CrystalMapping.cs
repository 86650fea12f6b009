using System.Collections.Immutable;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Matching;

/// <summary>How one crystal lies on another, expressed in the cells that the two were given in.</summary>
/// <param name="Vectors">
/// Row i says which multiples of the first structure's a, b and c correspond to the second structure's vector i: whole numbers where the
/// first cell is primitive, fractions where it is larger.
/// </param>
/// <param name="Sites">Each atom of the primitive cell once, in the order of the first structure.</param>
public sealed record CrystalMapping(ImmutableArray<Fractional> Vectors, ImmutableArray<SitePair> Sites)
{
    /// <summary>Takes a match back to the structures that were compared.</summary>
    /// <param name="first">The first structure, as it was compared.</param>
    /// <param name="second">The second structure, as it was compared.</param>
    /// <param name="match">How the second lies on the first.</param>
    /// <param name="cancellationToken">Ends the reduction, which can be long for hundreds of atoms.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static CrystalMapping Of(
        Structure first,
        Structure second,
        StructureMatch match,
        CancellationToken cancellationToken = default
    )
    {
        Structure firstReduced = PreparedStructure.Of(first, cancellationToken).Reduced;
        Structure secondReduced = PreparedStructure.Of(second, cancellationToken).Reduced;
        IntegerMatrix3 ofFirst = CellOfReduced(first.Lattice, firstReduced.Lattice);
        ILookup<int, int> firstSites = SitesOfReduced(first, firstReduced);
        ILookup<int, int> secondSites = SitesOfReduced(second, secondReduced);
        return new CrystalMapping(
            [
                .. Rows(second.Lattice, secondReduced.Lattice)
                    .Select(vector => vector * match.LatticeTransform / ofFirst),
            ],
            [
                .. match
                    .SiteMapping.Select(
                        (onto, site) =>
                            new SitePair(
                                firstReduced.Sites[onto].Element,
                                [.. firstSites[onto]],
                                [.. secondSites[site]]
                            )
                    )
                    .OrderBy(pair => pair.First.FirstOrDefault(int.MaxValue)),
            ]
        );
    }

    /// <summary>The mapping as lines of text: vectors of B, the second structure, from those of A, and sites of A and B on each other.</summary>
    /// <param name="first">The first structure, as it was compared.</param>
    /// <param name="second">The second structure, as it was compared.</param>
    public IEnumerable<string> Describe(Structure first, Structure second) => MappingText.Lines(this, first, second);

    /// <summary>Makes the vectors of a cell from those of the reduced cell, which lies in the same place in space.</summary>
    private static IntegerMatrix3 CellOfReduced(Lattice cell, Lattice reduced)
    {
        Fractional[] rows = [.. Rows(cell, reduced)];
        return new(
            (int)rows[0].X,
            (int)rows[0].Y,
            (int)rows[0].Z,
            (int)rows[1].X,
            (int)rows[1].Y,
            (int)rows[1].Z,
            (int)rows[2].X,
            (int)rows[2].Y,
            (int)rows[2].Z
        );
    }

    private static IEnumerable<Fractional> Rows(Lattice cell, Lattice reduced) =>
        new[] { cell.A, cell.B, cell.C }
            .Select(reduced.ToFractional)
            .Select(row => new Fractional(Math.Round(row.X), Math.Round(row.Y), Math.Round(row.Z)));

    /// <summary>The sites of a structure by the site of the reduced one that stands for them: the nearest of the element.</summary>
    private static ILookup<int, int> SitesOfReduced(Structure structure, Structure reduced)
    {
        NearestImageSearch search = new(reduced.Lattice);
        return structure
            .Sites.Select(
                (site, index) =>
                {
                    Fractional position = reduced.Lattice.ToFractional(structure.Lattice.ToCartesian(site.Position));
                    int nearest = Enumerable
                        .Range(0, reduced.AtomCount)
                        .Where(at => reduced.Sites[at].Element == site.Element)
                        .MinBy(at => search.ShortestLength(position, reduced.Sites[at].Position));
                    return (Nearest: nearest, Index: index);
                }
            )
            .ToLookup(pair => pair.Nearest, pair => pair.Index);
    }
}

/// <summary>Atoms of two crystals that lie on each other.</summary>
/// <param name="Element">What they are.</param>
/// <param name="First">Sites of the first structure, copies of one atom of its primitive cell; counted from 0.</param>
/// <param name="Second">Sites of the second structure, in the same way.</param>
public sealed record SitePair(Element Element, ImmutableArray<int> First, ImmutableArray<int> Second);
