using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Phases;

namespace Kagome.Crystals.Tests.Phases;

/// <summary>The cheapest mixture by trying every set of as many phases as there are elements: slow, and right.</summary>
internal static class TriedMixtures
{
    private const double Tolerance = 1e-9;

    public static double Cheapest(IReadOnlyList<Phase> phases, Composition wanted)
    {
        Element[] elements = [.. wanted.Counts.Keys];
        Phase[] choices =
        [
            .. elements.Select(element => new Phase(Composition.Of([element]), 0)),
            .. phases.Where(phase => phase.Composition.Counts.Keys.All(elements.Contains)),
        ];
        return Sets(choices, elements.Length).Min(set => Cost(set, wanted, elements));
    }

    private static IEnumerable<Phase[]> Sets(Phase[] choices, int size) =>
        size == 0
            ?
            [
                [],
            ]
            : choices.SelectMany(
                (first, index) => Sets(choices[(index + 1)..], size - 1).Select(rest => (Phase[])[first, .. rest])
            );

    /// <summary>What the mixture of exactly these phases costs; infinite where there is none, or not one alone.</summary>
    private static double Cost(Phase[] set, Composition wanted, Element[] elements)
    {
        int size = elements.Length;
        double[][] rows =
        [
            .. elements.Select(element =>
                set.Select(phase => Share(phase.Composition, element)).Append(Share(wanted, element)).ToArray()
            ),
        ];
        for (int column = 0; column < size; column++) // Gauss and Jordan
        {
            int pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(rows[row][column]));
            if (Math.Abs(rows[pivot][column]) < Tolerance)
            {
                return double.PositiveInfinity;
            }

            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            rows[column] = [.. rows[column].Select(value => value / rows[column][column])];
            for (int row = 0; row < size; row++)
            {
                if (row != column)
                {
                    double factor = rows[row][column];
                    rows[row] = [.. rows[row].Zip(rows[column], (value, own) => value - (factor * own))];
                }
            }
        }

        return rows.Any(row => row[size] < -Tolerance)
            ? double.PositiveInfinity
            : set.Zip(rows, (phase, row) => phase.FormationEnergy * row[size]).Sum();
    }

    private static double Share(Composition composition, Element element) =>
        (double)composition.Counts.GetValueOrDefault(element) / composition.AtomCount;
}
