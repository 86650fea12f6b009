using System.Collections.Immutable;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>Sites of one orbit, all taken by one element.</summary>
/// <param name="Element">Whose atoms they are.</param>
/// <param name="Orbit">In the primitive cell.</param>
public readonly record struct OccupiedOrbit(Element Element, SiteOrbit Orbit)
{
    /// <summary>Element and position, such as <c>Na 4a</c>.</summary>
    public override string ToString() => $"{Element} {Orbit}";
}

/// <summary>Which atoms of a primitive cell occupy which orbits of its space group: all that symmetry says of a crystal but numbers.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class WyckoffAssignment
{
    /// <param name="setting">The group and the cell.</param>
    /// <param name="orbits">At least one, all of the setting; those without freedom at most once.</param>
    /// <exception cref="ArgumentException">There is no orbit, or one is not of the setting, or two atoms would share a place.</exception>
    public WyckoffAssignment(PrimitiveSetting setting, IEnumerable<OccupiedOrbit> orbits)
    {
        Setting = setting;
        Orbits = [.. orbits.OrderBy(orbit => orbit.Element).ThenBy(orbit => setting.Orbits.IndexOf(orbit.Orbit))];
        if (Orbits.Length == 0)
        {
            throw new ArgumentException("There is no orbit; expected at least one.", nameof(orbits));
        }

        foreach (IGrouping<SiteOrbit, OccupiedOrbit> same in Orbits.GroupBy(occupied => occupied.Orbit))
        {
            if (!setting.Orbits.Contains(same.Key))
            {
                throw new ArgumentException($"{same.Key} is no orbit of {setting} in this cell.", nameof(orbits));
            }

            if (same.Key.Freedom == 0 && same.Count() > 1)
            {
                throw new ArgumentException(
                    $"{same.Key} of {setting} is taken {same.Count()} times; expected once at most, since its sites cannot move.",
                    nameof(orbits)
                );
            }
        }
    }

    /// <summary>The space group and the primitive cell that the orbits are of.</summary>
    public PrimitiveSetting Setting { get; }

    /// <summary>By atomic number, then from special to general: the order of the atoms in <see cref="Place"/>.</summary>
    public ImmutableArray<OccupiedOrbit> Orbits { get; }

    /// <summary>Of the primitive cell.</summary>
    public int AtomCount => Orbits.Sum(occupied => occupied.Orbit.Multiplicity);

    /// <summary>How many numbers state all positions.</summary>
    public int FreeParameters => Orbits.Sum(occupied => occupied.Orbit.Freedom);

    /// <summary>All atoms of the primitive cell.</summary>
    public Composition Composition =>
        Composition.Of(Orbits.SelectMany(occupied => Enumerable.Repeat(occupied.Element, occupied.Orbit.Multiplicity)));

    /// <summary>Group, elements and letters; the same for two assignments that differ by the origin only, or are mirror images.</summary>
    public string Signature =>
        Setting
            .Exchanges.Select(moved =>
                string.Join(
                    ' ',
                    Orbits
                        .Select(occupied =>
                            $"{occupied.Element}{Setting.Orbits[moved[Setting.Orbits.IndexOf(occupied.Orbit)]].Letter}"
                        )
                        .Order(StringComparer.Ordinal)
                )
            )
            .Order(StringComparer.Ordinal)
            .Select(letters => $"{Setting.Group.Number} {letters}")
            .First();

    /// <summary>The same orbits, counted along other vectors of the same lattice: see <see cref="PrimitiveSetting.In"/>.</summary>
    public WyckoffAssignment In(IntegerMatrix3 basis)
    {
        PrimitiveSetting other = Setting.In(basis);
        return new WyckoffAssignment(
            other,
            Orbits.Select(occupied => occupied with { Orbit = other.Orbits[Setting.Orbits.IndexOf(occupied.Orbit)] })
        );
    }

    /// <summary>The crystal of given numbers.</summary>
    /// <param name="lattice">Should have the symmetry of the group; see <see cref="LatticeInvariants"/>.</param>
    /// <param name="parameters">Of each orbit; only as many as it has <see cref="SiteOrbit.Freedom"/> count.</param>
    public Structure Place(Lattice lattice, IReadOnlyList<Fractional> parameters) =>
        new(
            lattice,
            Orbits.SelectMany(
                (occupied, at) =>
                    occupied.Orbit.Sites(parameters[at]).Select(position => new Site(occupied.Element, position))
            )
        );

    /// <summary>Elements with their positions, such as <c>Na 4a, Cl 4b</c>.</summary>
    public override string ToString() => string.Join(", ", Orbits);
}
