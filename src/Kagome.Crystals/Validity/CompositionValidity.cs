using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Validity;

/// <summary>Tells whether a formula makes sense to a chemist: the coarse test that generated crystals have to pass.</summary>
/// <remarks>
/// <para>
/// Source: SMACT (D. W. Davies et al., J. Open Source Softw. 4 (2019) 1361) as CDVAE (arXiv:2110.06197), DiffCSP and DAO apply
/// it: single elements and alloys pass; others need oxidation states that add up to zero, with every anion more electronegative
/// than every cation; formulas with more than 1e7 combinations of oxidation states fail untried.
/// </para>
/// <para>
/// Differs: the oxidation states and electronegativities are those of <see cref="ElementData"/>, and promethium counts as a
/// metal, which SMACT's list leaves out.
/// </para>
/// </remarks>
public static class CompositionValidity
{
    private const double MostCombinations = 1e7;

    /// <summary>SMACT lists metals up to nobelium.</summary>
    private const int LastMetal = 102;

    // csharpier-ignore
    private static readonly HashSet<Element> Nonmetals =
    [
        .. new[]
        {
            "H", "He", "B", "C", "N", "O", "F", "Ne", "Si", "P", "S", "Cl", "Ar", "As", "Se", "Br", "Kr", "Te", "I", "Xe",
            "At", "Rn",
        }.Select(Element.FromSymbol),
    ];

    /// <summary>Whether the formula passes: <see cref="Problem"/> finds nothing wrong.</summary>
    public static bool IsValid(Composition composition) => Problem(composition) is null;

    /// <summary>What is wrong with the formula, or null when it is valid.</summary>
    public static string? Problem(Composition composition)
    {
        Element[] elements = [.. composition.Counts.Keys];
        if (elements.Length == 1 || Array.TrueForAll(elements, IsMetal))
        {
            return null;
        }

        foreach (Element element in elements)
        {
            if (element.Data.OxidationStates.IsEmpty || element.Data.Electronegativity is null)
            {
                return $"no oxidation state or no electronegativity is known of {element}";
            }
        }

        double combinations = elements.Aggregate(
            1.0,
            (product, element) => product * element.Data.OxidationStates.Length
        );
        if (combinations > MostCombinations)
        {
            return $"there are {combinations:g3} combinations of oxidation states; at most {MostCombinations:g3} are tried";
        }

        return new ChargeBalance(composition.Reduced).IsPossible
            ? null
            : "no oxidation states add up to zero with anions more electronegative than cations";
    }

    private static bool IsMetal(Element element) => element.AtomicNumber <= LastMetal && !Nonmetals.Contains(element);
}

/// <summary>Looks for oxidation states, one for each element, that add up to zero.</summary>
internal sealed class ChargeBalance
{
    private readonly int[] counts;
    private readonly ElementData[] elements;

    /// <summary>The least and the greatest charge of all elements from an index on.</summary>
    private readonly (long Least, long Greatest)[] rest;

    /// <summary>Prepares the search for a composition whose elements all have oxidation states and an electronegativity.</summary>
    public ChargeBalance(Composition composition)
    {
        counts = [.. composition.Counts.Values];
        elements = [.. composition.Counts.Keys.Select(element => element.Data)];
        rest = new (long, long)[counts.Length + 1];
        for (int index = counts.Length - 1; index >= 0; index--)
        {
            rest[index] = (
                rest[index + 1].Least + ((long)counts[index] * elements[index].OxidationStates.Min()),
                rest[index + 1].Greatest + ((long)counts[index] * elements[index].OxidationStates.Max())
            );
        }
    }

    /// <summary>Whether some states add up to zero, with every anion more electronegative than every cation.</summary>
    public bool IsPossible => CanComplete(0, 0, double.NegativeInfinity, double.PositiveInfinity);

    private bool CanComplete(int index, long charge, double greatestOfCations, double leastOfAnions)
    {
        bool isOutOfReach = charge + rest[index].Least > 0 || charge + rest[index].Greatest < 0;
        if (isOutOfReach || greatestOfCations >= leastOfAnions)
        {
            return false;
        }

        if (index == counts.Length)
        {
            return true;
        }

        double electronegativity = elements[index].Electronegativity!.Value;
        foreach (int state in elements[index].OxidationStates)
        {
            double cations = state > 0 ? Math.Max(greatestOfCations, electronegativity) : greatestOfCations;
            double anions = state < 0 ? Math.Min(leastOfAnions, electronegativity) : leastOfAnions;
            if (CanComplete(index + 1, charge + ((long)counts[index] * state), cations, anions))
            {
                return true;
            }
        }

        return false;
    }
}
