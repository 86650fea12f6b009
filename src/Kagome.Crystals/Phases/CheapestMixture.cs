namespace Kagome.Crystals.Phases;

/// <summary>A phase among others of the same elements.</summary>
/// <param name="Fractions">The share of each element.</param>
/// <param name="Cost">In eV/atom.</param>
internal readonly record struct PhaseColumn(double[] Fractions, double Cost);

/// <summary>The mixture of phases that makes up a composition at the least cost: a linear programme with a row for each element.</summary>
/// <remarks>
/// <para>
/// The simplex method begins with the elements, which cost nothing. Their prices are the chemical potentials; a phase that costs less than its
/// elements do at these prices enters the mixture in place of one that is used up, until there is none.
/// </para>
/// <para>Source: G. B. Dantzig, Linear Programming and Extensions (1963); R. G. Bland, Math. Oper. Res. 2, 103 (1977), against endless rounds.</para>
/// </remarks>
internal static class CheapestMixture
{
    private const double SmallestGain = 1e-10; // eV/atom
    private const double SmallestPivot = 1e-10;
    private const int GreedyRounds = 200;
    private const int MostRounds = 20_000; // rounding alone could ask for more

    /// <param name="wanted">The share of each element; above 0, of sum 1.</param>
    /// <param name="phases">With the same elements in the same order.</param>
    /// <returns>In eV/atom.</returns>
    public static double Cost(double[] wanted, IReadOnlyList<PhaseColumn> phases)
    {
        int size = wanted.Length;
        double[][] inverse = [.. Enumerable.Range(0, size).Select(row => Unit(row, size))];
        PhaseColumn[] choices = [.. inverse.Select(element => new PhaseColumn(element, Cost: 0)), .. phases];
        double[] amounts = [.. wanted];
        double[] prices = new double[size];
        int[] mixed = [.. Enumerable.Range(0, size)];
        for (int round = 0; round < MostRounds; round++)
        {
            (int entering, double gain) = Cheaper(choices, prices, firstWillDo: round >= GreedyRounds);
            if (entering < 0)
            {
                break;
            }

            double[] needs = [.. inverse.Select(row => Dot(row, choices[entering].Fractions))];
            int leaving = UsedUpFirst(amounts, needs, mixed);
            double[] pivot = [.. inverse[leaving].Select(value => value / needs[leaving])];
            double amount = amounts[leaving] / needs[leaving];
            for (int row = 0; row < size; row++)
            {
                prices[row] += gain * pivot[row];
                amounts[row] = row == leaving ? amount : Math.Max(0, amounts[row] - (needs[row] * amount));
                inverse[row] =
                    row == leaving
                        ? pivot
                        : [.. inverse[row].Select((value, column) => value - (needs[row] * pivot[column]))];
            }

            mixed[leaving] = entering;
        }

        return Dot(prices, wanted);
    }

    /// <summary>The phase that costs least compared with its elements, and by how much (below 0); -1 where none costs less.</summary>
    private static (int Phase, double Gain) Cheaper(
        IReadOnlyList<PhaseColumn> phases,
        double[] prices,
        bool firstWillDo
    )
    {
        (int best, double lowest) = (-1, -SmallestGain);
        for (int phase = 0; phase < phases.Count && !(firstWillDo && best >= 0); phase++)
        {
            double gain = phases[phase].Cost - Dot(prices, phases[phase].Fractions);
            if (gain < lowest)
            {
                (best, lowest) = (phase, gain);
            }
        }

        return (best, lowest);
    }

    /// <summary>The row of what is used up first; of equals, what stands first in the list of phases.</summary>
    private static int UsedUpFirst(double[] amounts, double[] needs, int[] mixed)
    {
        int first = -1;
        double smallest = double.PositiveInfinity;
        for (int row = 0; row < needs.Length; row++)
        {
            if (needs[row] <= SmallestPivot)
            {
                continue;
            }

            double until = amounts[row] / needs[row];
            if (until < smallest || (until <= smallest && mixed[row] < mixed[first]))
            {
                (first, smallest) = (row, until);
            }
        }

        return first; // there is one: shares of a phase sum to 1, and so do needs
    }

    private static double[] Unit(int row, int size)
    {
        double[] unit = new double[size];
        unit[row] = 1;
        return unit;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }
}
