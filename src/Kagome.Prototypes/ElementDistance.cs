using Kagome.Crystals.Elements;

namespace Kagome.Prototypes;

/// <summary>How different two elements are: the Euclidean distance of nine properties, each in units of its spread among H to Pu.</summary>
/// <remarks>
/// Group, period, block, Pauling electronegativity, covalent radius, valence electrons, ionisation energy, electron affinity, logarithm of the
/// molar volume. It only says which crystals are looked at first; of the ranking it is one feature of many.
/// </remarks>
internal static class ElementDistance
{
    private const int GroupOfLanthanides = 3;

    /// <summary>Spreads are over the elements that data sets hold.</summary>
    private const int LargestCommon = 94;

    private static readonly double[][] Properties = Standardise();

    private static readonly float[,] Distances = Table();

    /// <summary>The properties of an element, in units of their spreads; unknown ones are 0, their mean.</summary>
    public static ReadOnlySpan<double> PropertiesOf(int atomicNumber) => Properties[atomicNumber - 1];

    public static float Between(Element first, Element second) => Distances[first.AtomicNumber, second.AtomicNumber];

    private static double[][] Standardise()
    {
        double?[][] raw = [.. ElementData.All.Select(Numbers)];
        int count = raw[0].Length;
        double[][] standard = [.. raw.Select(_ => new double[count])];
        for (int property = 0; property < count; property++)
        {
            double[] known = [.. raw.Take(LargestCommon).Select(numbers => numbers[property]).OfType<double>()];
            double mean = known.Average();
            double spread = Math.Sqrt(known.Average(number => (number - mean) * (number - mean)));
            for (int at = 0; at < raw.Length; at++)
            {
                standard[at][property] = ((raw[at][property] ?? mean) - mean) / spread;
            }
        }

        return standard;
    }

    private static double?[] Numbers(ElementData element) =>
        [
            element.Group ?? GroupOfLanthanides,
            element.Period,
            (double)element.Block,
            element.Electronegativity,
            element.CovalentRadiusPicometre,
            element.ValenceElectronCount,
            element.FirstIonizationEnergy,
            element.ElectronAffinity,
            element.MolarVolume is { } volume ? Math.Log(volume) : null,
        ];

    private static float[,] Table()
    {
        float[,] table = new float[Element.LargestAtomicNumber + 1, Element.LargestAtomicNumber + 1];
        foreach (Element first in Element.All)
        {
            foreach (Element second in Element.All)
            {
                double sum = 0;
                for (int property = 0; property < Properties[0].Length; property++)
                {
                    double difference =
                        Properties[first.AtomicNumber - 1][property] - Properties[second.AtomicNumber - 1][property];
                    sum += difference * difference;
                }

                table[first.AtomicNumber, second.AtomicNumber] = (float)Math.Sqrt(sum);
            }
        }

        return table;
    }
}
