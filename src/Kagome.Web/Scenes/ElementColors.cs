using Kagome.Crystals.Elements;

namespace Kagome.Web.Scenes;

/// <summary>The colours that the field knows elements by.</summary>
/// <remarks>Source: the tables of Jmol and VESTA as pymatgen 2022.11.7 has them (colors.csv beside this file).</remarks>
internal static class ElementColors
{
    private const string ResourceName = "colors.csv";
    private const double BallShare = 0.4; // of the covalent radius
    private const double PicometresPerAngstrom = 100;
    private const double UsualRadius = 1.5; // Å, where no radius is known

    private static readonly IReadOnlyDictionary<string, string[]> Rows = Read();

    /// <summary>How an element is drawn.</summary>
    public static SceneElement Of(Element element)
    {
        double radius = Radius(element);
        string[] row = Rows[element.Symbol];
        return new SceneElement(
            element.Symbol,
            element.Data.Name,
            row[1],
            row[2],
            Math.Round(BallShare * radius, 3),
            Math.Round(radius, 3)
        );
    }

    /// <summary>The covalent radius in Å.</summary>
    public static double Radius(Element element) =>
        element.Data.CovalentRadiusPicometre / PicometresPerAngstrom ?? UsualRadius;

    private static Dictionary<string, string[]> Read()
    {
        using Stream stream = typeof(ElementColors).Assembly.GetManifestResourceStream(ResourceName)!;
        using StreamReader reader = new(stream);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(row => row.Trim().Split(','))
            .ToDictionary(row => row[0], StringComparer.Ordinal);
    }
}
