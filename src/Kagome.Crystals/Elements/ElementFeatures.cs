namespace Kagome.Crystals.Elements;

/// <summary>Elements as binary features: one 1 in each group of columns.</summary>
/// <remarks>
/// <para>
/// Columns: group 0-18 (19, 0 for the f block) | period (7) | electronegativity (10) | covalent radius (10) |
/// valence electrons 1-12 (12) | ln first ionisation energy (10) | electron affinity (10) | block (4) | ln molar volume (10).
/// An unknown property leaves its columns at 0; a value outside the bins counts to the nearest one.
/// </para>
/// <para>
/// Source: the layout of CGCNN (Xie and Grossman, PRL 120, 145301, 2018) that DAO uses; the values are computed from
/// <see cref="ElementData"/>, see docs/decisions/0003-element-features.md.
/// </para>
/// </remarks>
public static class ElementFeatures
{
    /// <summary>Columns of the table: the widths of all groups, added up.</summary>
    public const int ColumnCount = 92;

    /// <summary>The last element that the table holds.</summary>
    public const int LargestAtomicNumber = 100;

    private const int Bins = 10;

    // the last column is for 12 and more: heavy f elements have up to 16
    private const int ValenceColumns = 12;

    /// <summary>The features of all elements; row = atomic number, row 0 is all 0.</summary>
    /// <remarks>Shape: [101, 92].</remarks>
    public static float[,] Table()
    {
        float[,] table = new float[LargestAtomicNumber + 1, ColumnCount];
        for (int number = 1; number <= LargestAtomicNumber; number++)
        {
            int start = 0;
            foreach ((int width, int? column) in Columns(ElementData.All[number - 1]))
            {
                if (column is { } at)
                {
                    table[number, start + at] = 1;
                }

                start += width;
            }
        }

        return table;
    }

    private static IEnumerable<(int Width, int? Column)> Columns(ElementData element)
    {
        yield return (19, element.Group ?? 0);
        yield return (7, element.Period - 1);
        yield return (Bins, Bin(element.Electronegativity, 0.5, 4.0));
        yield return (Bins, Bin(element.CovalentRadiusPicometre, 25, 250));
        yield return (ValenceColumns, Math.Min(element.ValenceElectronCount, ValenceColumns) - 1);
        yield return (Bins, Bin(Log(element.FirstIonizationEnergy), 1.3, 3.3));
        yield return (Bins, Bin(element.ElectronAffinity, -3, 3.7));
        yield return (4, (int)element.Block);
        yield return (Bins, Bin(Log(element.MolarVolume), 1.5, 4.3));
    }

    private static double? Log(double? value) => value is { } number ? Math.Log(number) : null;

    private static int? Bin(double? value, double from, double to) =>
        value is { } number ? Math.Clamp((int)((number - from) / (to - from) * Bins), 0, Bins - 1) : null;
}
