using System.Collections.Immutable;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>How shifts of the origin, and inversions in a point, that leave a group as it is exchange its orbits.</summary>
/// <remarks>
/// Source: the Euclidean normalisers of International Tables A, chapter 3.5, of which these are the parts that keep the axes; they are found by
/// trial among multiples of 1/24. Turned axes, such as the exchange of a, b and c in Pmmm, are left out.
/// </remarks>
internal static class OrbitExchanges
{
    private const int Denominator = 24;
    private const double SamePlace = 1e-6;

    private static readonly Fractional General = new(0.1237, 0.2741, 0.3919);
    private static readonly IntegerMatrix3 Inversion = IntegerMatrix3.Diagonal(-1, -1, -1);

    /// <summary>For each of them, the number of the orbit that each orbit is moved to; the first leaves all in place.</summary>
    public static ImmutableArray<ImmutableArray<int>> Of(PrimitiveSetting setting)
    {
        HashSet<string> known = [];
        List<ImmutableArray<int>> found = [];
        foreach (IntegerMatrix3 axes in new[] { IntegerMatrix3.Identity, Inversion })
        {
            for (int at = 0; at < Denominator * Denominator * Denominator; at++)
            {
                Fractional shift = new(
                    (double)(at / (Denominator * Denominator)) / Denominator,
                    (double)(at / Denominator % Denominator) / Denominator,
                    (double)(at % Denominator) / Denominator
                );
                SymmetryOperation exchange = new(axes, shift);
                if (setting.Operations.All(operation => Keeps(exchange, operation)))
                {
                    ImmutableArray<int> moved = [.. setting.Orbits.Select(orbit => Moved(setting, orbit, exchange))];
                    if (known.Add(string.Join(' ', moved)))
                    {
                        found.Add(moved);
                    }
                }
            }
        }

        return [.. found];
    }

    /// <summary>Whether an operation is the same before and after: ±w + t - W t is w and a lattice vector.</summary>
    private static bool Keeps(SymmetryOperation exchange, SymmetryOperation operation)
    {
        Fractional shift = exchange.Translation;
        Fractional turned = (operation with { Translation = default }).Apply(shift);
        return AreOne(exchange.Apply(operation.Translation), operation.Translation + turned);
    }

    private static int Moved(PrimitiveSetting setting, SiteOrbit orbit, SymmetryOperation exchange)
    {
        Fractional site = exchange.Apply(orbit.Sites(General).First());
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
