using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome;

/// <summary>A composition as numbers: what a model that knows no structure can go by.</summary>
/// <remarks>
/// The mean of the binary element features (<see cref="ElementFeatures"/>), then mean, spread, smallest and largest value of six
/// properties of the elements; means and spreads are weighted by the elements' shares of the atoms.
/// </remarks>
internal static class CompositionFeatures
{
    private static readonly float[,] Table = ElementFeatures.Table();

    private static readonly Func<ElementData, double?>[] Properties =
    [
        element => element.AtomicMass,
        element => element.Electronegativity,
        element => element.CovalentRadiusPicometre,
        element => element.ValenceElectronCount,
        element => element.FirstIonizationEnergy,
        element => element.MolarVolume,
    ];

    /// <summary>How many there are.</summary>
    public static int Count { get; } = ElementFeatures.ColumnCount + (4 * Properties.Length);

    public static double[] Of(Composition composition)
    {
        (ElementData Element, double Share)[] shares =
        [
            .. composition.Counts.Select(pair =>
                (ElementData.All[pair.Key.AtomicNumber - 1], (double)pair.Value / composition.AtomCount)
            ),
        ];
        IEnumerable<double> binary = Enumerable
            .Range(0, ElementFeatures.ColumnCount)
            .Select(column => shares.Sum(pair => pair.Share * Binary(pair.Element, column)));
        return [.. binary, .. Properties.SelectMany(property => Moments(shares, property))];
    }

    private static double Binary(ElementData element, int column) =>
        element.AtomicNumber <= ElementFeatures.LargestAtomicNumber ? Table[element.AtomicNumber, column] : 0;

    /// <summary>An unknown property counts as 0.</summary>
    private static double[] Moments((ElementData Element, double Share)[] shares, Func<ElementData, double?> property)
    {
        (double Value, double Share)[] values = [.. shares.Select(pair => (property(pair.Element) ?? 0, pair.Share))];
        double mean = values.Sum(pair => pair.Value * pair.Share);
        double variance = values.Sum(pair => pair.Share * (pair.Value - mean) * (pair.Value - mean));
        return [mean, Math.Sqrt(variance), values.Min(pair => pair.Value), values.Max(pair => pair.Value)];
    }
}
