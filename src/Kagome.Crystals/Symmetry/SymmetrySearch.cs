using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>Finds the symmetry of a crystal from its primitive cell.</summary>
internal static class SymmetrySearch
{
    /// <summary>The symmetry; null where double precision does not carry the cell.</summary>
    /// <remarks>
    /// What is within a tolerance of something is no group of its own accord: an operation may do where its square does not. Then the operations
    /// that are farthest off are left out until it is one, which is what a smaller tolerance would have found.
    /// </remarks>
    public static CrystalSymmetry? Find(Structure given, PrimitiveCrystal primitive)
    {
        IReadOnlyList<FoundOperation> found = FoundOperation.Of(primitive.Cell, primitive.ToleranceAngstrom);
        while (true)
        {
            if (Describe(given, primitive, found) is { } symmetry)
            {
                return symmetry;
            }

            if (found.Count == 1)
            {
                return null;
            }

            double worst = found.Max(operation => operation.DeviationAngstrom);
            found = [.. found.Where((operation, at) => at == 0 || operation.DeviationAngstrom < worst)];
        }
    }

    private static CrystalSymmetry? Describe(
        Structure given,
        PrimitiveCrystal primitive,
        IReadOnlyList<FoundOperation> found
    )
    {
        if (
            GroupIdentification.Of(primitive.Cell, [.. found.Select(one => one.Operation)], given.Lattice)
                is not { } group
            || ExactPrimitive.Of(primitive.Cell, found, group) is not { } exact
            || Orbits(primitive.Cell, found, group, exact) is not { } orbits
        )
        {
            return null;
        }

        SpaceGroup name = group.Setting.Group;
        Lattice lattice = ConventionalShape.Exact(exact.Shape.In(group.Basis), name.Number).ToLattice();
        (Structure symmetrised, double largest) = OwnCell.Symmetrised(given, primitive, exact);
        return new CrystalSymmetry(
            name,
            group.Setting.PointGroup,
            Sites(primitive, exact, orbits),
            new SymmetryDescription(
                name.SpacedSymbol,
                name.Number,
                lattice,
                group.Setting.Operations,
                [
                    .. orbits.Values.Select(orbit => new AsymmetricSite(
                        orbit.First,
                        orbit.Position.Multiplicity,
                        orbit.Position.Letter
                    )),
                ]
            ),
            new Structure(
                lattice,
                orbits.Values.SelectMany(orbit => orbit.Places.Select(place => orbit.First with { Position = place }))
            ),
            OwnCell.Operations(primitive, group),
            symmetrised,
            largest
        );
    }

    /// <summary>By the first atom of each orbit of the primitive cell; null where an atom is on no Wyckoff position.</summary>
    private static OrderedDictionary<int, Orbit>? Orbits(
        Structure cell,
        IReadOnlyList<FoundOperation> found,
        IdentifiedGroup group,
        ExactPrimitive exact
    )
    {
        OrderedDictionary<int, Orbit> orbits = [];
        foreach (int first in exact.Orbits.Distinct())
        {
            int[] images = [.. Enumerable.Range(0, found.Count).DistinctBy(at => found[at].Images[first])];
            Fractional place = (exact.Positions[first] - group.Origin) / group.Basis;
            if (Orbit.Of(cell.Sites[first].Element, place, group, images) is not { } orbit)
            {
                return null;
            }

            orbits.Add(first, orbit);
        }

        return orbits;
    }

    private static ImmutableArray<SiteSymmetry> Sites(
        PrimitiveCrystal primitive,
        ExactPrimitive exact,
        OrderedDictionary<int, Orbit> orbits
    )
    {
        Dictionary<int, int> firsts = [];
        return
        [
            .. primitive.AtomOf.Select(
                (atom, at) =>
                {
                    int orbit = exact.Orbits[atom];
                    _ = firsts.TryAdd(orbit, at);
                    WyckoffPosition position = orbits[orbit].Position;
                    return new SiteSymmetry(
                        position.Multiplicity,
                        position.Letter,
                        position.SiteSymmetry,
                        firsts[orbit]
                    );
                }
            ),
        ];
    }
}
