using System.Collections.Immutable;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>How shifts of the origin that leave all operations of a group as they are exchange its orbits.</summary>
/// <remarks>
/// Source: the Euclidean normalisers of International Tables A, chapter 3.5, of which these are the translations that can exchange orbits: they
/// are found by trial among multiples of 1/12. Turned axes, such as the exchange of a, b and c in Pmmm, are left out.
/// </remarks>
internal static class OriginShifts
{
    private const int Denominator = 12;
    private const double SamePlace = 1e-6;

    private static readonly Fractional General = new(0.1237, 0.2741, 0.3919);

    /// <summary>For each such shift, the number of the orbit that each orbit is moved to; the first leaves all in place.</summary>
    public static ImmutableArray<ImmutableArray<int>> Of(PrimitiveSetting setting)
    {
        List<ImmutableArray<int>> found = [];
        for (int at = 0; at < Denominator * Denominator * Denominator; at++)
        {
            Fractional shift = new(
                (double)(at / (Denominator * Denominator)) / Denominator,
                (double)(at / Denominator % Denominator) / Denominator,
                (double)(at % Denominator) / Denominator
            );
            if (setting.Operations.All(operation => Keeps(operation, shift)))
            {
                ImmutableArray<int> moved = [.. setting.Orbits.Select(orbit => Moved(setting, orbit, shift))];
                if (!found.Exists(known => known.SequenceEqual(moved)))
                {
                    found.Add(moved);
                }
            }
        }

        return [.. found];
    }

    /// <summary>Whether (W - 1) t is a lattice vector: then the operation is the same, seen from the shifted origin.</summary>
    private static bool Keeps(SymmetryOperation operation, Fractional shift)
    {
        Fractional turned = (operation with { Translation = default }).Apply(shift);
        return AreOne(turned, shift);
    }

    private static int Moved(PrimitiveSetting setting, SiteOrbit orbit, Fractional shift)
    {
        Fractional site = orbit.Sites(General).First() + shift;
        return Enumerable
            .Range(0, setting.Orbits.Length)
            .First(other =>
                setting.Orbits[other] is { } candidate
                && candidate.Multiplicity == orbit.Multiplicity
                && candidate.Freedom == orbit.Freedom
                && setting.Operations.Any(operation => IsFirst(candidate, operation.Apply(site)))
            );
    }

    private static bool IsFirst(SiteOrbit orbit, Fractional site)
    {
        Fractional parameters = new SymmetryOperation(orbit.Parameters, default).Apply(site - orbit.Offset);
        return AreOne(orbit.Sites(parameters).First(), site);
    }

    private static bool AreOne(Fractional first, Fractional second)
    {
        Fractional difference = (first - second).WrapToNearest();
        return Math.Abs(difference.X) < SamePlace
            && Math.Abs(difference.Y) < SamePlace
            && Math.Abs(difference.Z) < SamePlace;
    }
}
