using System.Collections.Immutable;

namespace Kagome.Prototypes;

/// <summary>All crystals of a library with one anonymous formula, sorted into structure types.</summary>
public sealed class PrototypeGroup
{
    private readonly int[][] canonicalOrders;

    /// <param name="formula">How many atoms each slot has.</param>
    /// <param name="crystals">In the order of the library.</param>
    /// <param name="canonicalOrders">For each type and each way to fill its slots, the first way that gives the same crystal.</param>
    internal PrototypeGroup(AnonymousFormula formula, ImmutableArray<KnownCrystal> crystals, int[][] canonicalOrders)
    {
        (Formula, Crystals, this.canonicalOrders) = (formula, crystals, canonicalOrders);
        Orders = SlotOrders.Of(formula.Counts);
        int[] members = new int[canonicalOrders.Length];
        foreach (KnownCrystal crystal in crystals)
        {
            members[crystal.Type]++;
        }

        Members = [.. members];
    }

    /// <summary>What the crystals have in common.</summary>
    public AnonymousFormula Formula { get; }

    /// <summary>All of them, in the order of the library; their <see cref="KnownCrystal.Type"/> counts the types of this group.</summary>
    public ImmutableArray<KnownCrystal> Crystals { get; }

    /// <summary>How many crystals each structure type has.</summary>
    public ImmutableArray<int> Members { get; }

    /// <summary>The ways to put a composition's elements into slots of equal counts: for each slot the place of its element.</summary>
    internal ImmutableArray<ImmutableArray<int>> Orders { get; }

    /// <summary>The first of the ways to fill a type's slots that gives the same crystal as this one.</summary>
    internal int Canonical(int type, int order) => canonicalOrders[type][order];

    internal int[][] CanonicalOrders => canonicalOrders;
}
