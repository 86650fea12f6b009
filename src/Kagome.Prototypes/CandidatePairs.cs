using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome.Prototypes;

/// <summary>The known crystals that a composition is most like, and the distinct candidates that they make: what the ranker looks at.</summary>
/// <remarks>
/// A pair is a known crystal with a way to put the composition's elements in place of its own. Pairs that make the same crystal, the same
/// structure type filled in the same way, are one candidate.
/// </remarks>
internal sealed class CandidatePairs
{
    /// <summary>So many pairs hold the right candidate nearly always, where any does.</summary>
    public const int Most = 128;

    private CandidatePairs(PrototypeGroup group, Element[] elements, Pair[] pairs, int candidateCount) =>
        (Group, Elements, Pairs, CandidateCount) = (group, elements, pairs, candidateCount);

    public PrototypeGroup Group { get; }

    /// <summary>The composition's elements, those of few atoms first, then by atomic number.</summary>
    public Element[] Elements { get; }

    /// <summary>Nearest first.</summary>
    public Pair[] Pairs { get; }

    public int CandidateCount { get; }

    /// <param name="composition">All atoms of the cell.</param>
    /// <param name="group">The known crystals of its anonymous formula.</param>
    /// <param name="isLeftOut">Known crystals that are not to be used; null for none.</param>
    public static CandidatePairs Of(
        Composition composition,
        PrototypeGroup group,
        Func<KnownCrystal, bool>? isLeftOut = null
    )
    {
        Element[] elements = ElementsBySlot(composition);
        List<(float Distance, int Crystal, int Order)> all = [];
        for (int crystal = 0; crystal < group.Crystals.Length; crystal++)
        {
            if (isLeftOut?.Invoke(group.Crystals[crystal]) == true)
            {
                continue;
            }

            for (int order = 0; order < group.Orders.Length; order++)
            {
                all.Add((Distance(group, crystal, order, elements), crystal, order));
            }
        }

        all.Sort();
        Dictionary<(int Type, int Order), int> candidates = [];
        Pair[] pairs =
        [
            .. all.Take(Most)
                .Select(way =>
                {
                    int type = group.Crystals[way.Crystal].Type;
                    (int, int) key = (type, group.Canonical(type, way.Order));
                    if (!candidates.TryGetValue(key, out int candidate))
                    {
                        candidate = candidates.Count;
                        candidates.Add(key, candidate);
                    }

                    return new Pair(way.Crystal, way.Order, way.Distance, candidate);
                }),
        ];
        return new CandidatePairs(group, elements, pairs, candidates.Count);
    }

    public static Element[] ElementsBySlot(Composition composition) =>
        [.. composition.Counts.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key)];

    private static float Distance(PrototypeGroup group, int crystal, int order, Element[] elements)
    {
        float sum = 0;
        for (int slot = 0; slot < elements.Length; slot++)
        {
            sum +=
                group.Formula.Counts[slot]
                * ElementDistance.Between(elements[group.Orders[order][slot]], group.Crystals[crystal].Elements[slot]);
        }

        return sum / group.Formula.AtomCount;
    }

    /// <summary>A known crystal with elements in place of its own.</summary>
    /// <param name="Crystal">Which of the group's.</param>
    /// <param name="Order">Which of the group's ways to put the elements into slots.</param>
    /// <param name="Distance">The mean over the atoms of how different the elements are.</param>
    /// <param name="Candidate">Which candidate it makes, counted in the order of their nearest pairs.</param>
    public readonly record struct Pair(int Crystal, int Order, float Distance, int Candidate);
}
