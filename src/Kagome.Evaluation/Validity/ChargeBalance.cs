using Kagome.Core.Compositions;
using Kagome.Core.Elements;

namespace Kagome.Evaluation.Validity;

/// <summary>Looks for oxidation states, one for each element, that add up to zero.</summary>
internal sealed class ChargeBalance
{
    private readonly int[] counts;
    private readonly ElementData[] elements;

    /// <summary>The least and the greatest charge of all elements from an index on.</summary>
    private readonly (long Least, long Greatest)[] rest;

    /// <summary>Every element has oxidation states and an electronegativity.</summary>
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
