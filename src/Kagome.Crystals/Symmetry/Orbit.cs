using System.Collections.Immutable;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>The atoms of a conventional cell that are images of each other.</summary>
/// <param name="First">The one that is where International Tables A has the first site of the position.</param>
/// <param name="Position">Its Wyckoff position.</param>
/// <param name="Places">All of them.</param>
internal sealed record Orbit(Site First, WyckoffPosition Position, ImmutableArray<Fractional> Places)
{
    /// <summary>The orbit of an atom; null where no position has as many sites, and one there.</summary>
    /// <param name="element">What the atom is.</param>
    /// <param name="place">Where it is, along the vectors of the usual setting.</param>
    /// <param name="group">Its group.</param>
    /// <param name="images">For each atom of the primitive cell that is an image of it: the operation, in the order of the group's, that makes it.</param>
    public static Orbit? Of(Element element, Fractional place, IdentifiedGroup group, IReadOnlyList<int> images)
    {
        UsualSetting setting = group.Setting;
        int multiplicity = images.Count * setting.Centrings.Length;
        WyckoffPlane[] planes = [.. setting.Positions.Where(plane => plane.Position.Multiplicity == multiplicity)];
        foreach (SymmetryOperation operation in setting.Operations)
        {
            Fractional image = operation.Apply(place);
            foreach (WyckoffPlane plane in planes)
            {
                if (plane.Snap(image) is { } first && ExactOperation.Of(operation) is { } exact)
                {
                    Fractional own = exact.Inverse().ToOperation().Apply(first);
                    return new(
                        new(element, first.Wrap()),
                        plane.Position,
                        [
                            .. images.SelectMany(at =>
                                setting.Centrings.Select(centring => (group.InSetting[at].Apply(own) + centring).Wrap())
                            ),
                        ]
                    );
                }
            }
        }

        return null;
    }
}
