using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome.Evaluation.Regression;

/// <summary>What a baseline may know of a crystal.</summary>
/// <param name="Composition">The atoms of its cell.</param>
/// <param name="Label">In the unit of all labels that are compared.</param>
public readonly record struct LabelledCrystal(Composition Composition, double Label);

/// <summary>What can be said of a label without looking at the structure: what a model must beat.</summary>
/// <remarks>
/// <para>The median: of all known labels.</para>
/// <para>
/// The mean of the same elements: the mean label of the known crystals that hold exactly the same elements, in any proportion. Where there is
/// none: for each element the mean label of the known crystals that hold it (of all of them, for an element that none holds), averaged by
/// the element's share of the atoms.
/// </para>
/// <para>A crystal that is itself among the known ones is left out of what is said of it. Safe to use from several threads.</para>
/// </remarks>
/// <param name="known">At least one.</param>
public sealed class LabelBaselines(IReadOnlyList<LabelledCrystal> known)
{
    private readonly double[] sorted = [.. known.Select(crystal => crystal.Label).Order()];
    private readonly Tally all = Tally.Of(known.Select(crystal => crystal.Label));
    private readonly Dictionary<string, Tally> bySystem = known
        .GroupBy(crystal => System(crystal.Composition), crystal => crystal.Label)
        .ToDictionary(group => group.Key, Tally.Of);

    private readonly Dictionary<Element, Tally> byElement = known
        .SelectMany(crystal => crystal.Composition.Counts.Keys.Select(element => (element, crystal.Label)))
        .GroupBy(pair => pair.element, pair => pair.Label)
        .ToDictionary(group => group.Key, Tally.Of);

    /// <summary>The median of the known labels.</summary>
    /// <param name="own">The crystal's label where it is one of the known crystals; null where it is not.</param>
    public double Median(double? own = null)
    {
        int count = sorted.Length - (own is null ? 0 : 1);
        if (count <= 0)
        {
            return own ?? double.NaN;
        }

        int ownPlace = own is { } label ? Array.BinarySearch(sorted, label) : sorted.Length;
        double At(int place) => sorted[place < ownPlace ? place : place + (own is null ? 0 : 1)];
        return (At((count - 1) / 2) + At(count / 2)) / 2;
    }

    /// <summary>The mean of the same elements.</summary>
    /// <param name="composition">The crystal's.</param>
    /// <param name="own">The crystal's label where it is one of the known crystals; null where it is not.</param>
    public double SameElements(Composition composition, double? own = null)
    {
        Tally system = bySystem.GetValueOrDefault(System(composition)).Without(own);
        if (system.Count > 0)
        {
            return system.Mean;
        }

        Tally rest = all.Without(own);
        return composition.Counts.Sum(pair =>
        {
            Tally element = byElement.GetValueOrDefault(pair.Key).Without(own);
            return (double)pair.Value / composition.AtomCount * (element.Count > 0 ? element : rest).Mean;
        });
    }

    private static string System(Composition composition) =>
        string.Join('-', composition.Counts.Keys.Select(element => element.Symbol));

    /// <summary>Labels as their number and sum, so that one can be taken out again.</summary>
    private readonly record struct Tally(int Count, double Sum)
    {
        public double Mean => Sum / Count;

        public static Tally Of(IEnumerable<double> labels) =>
            labels.Aggregate(default(Tally), (tally, label) => new Tally(tally.Count + 1, tally.Sum + label));

        public Tally Without(double? label) => label is { } one ? new Tally(Count - 1, Sum - one) : this;
    }
}
