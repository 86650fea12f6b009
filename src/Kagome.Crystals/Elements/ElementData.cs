using System.Collections.Immutable;
using System.Globalization;

namespace Kagome.Crystals.Elements;

/// <summary>Properties of an element; null where none is known.</summary>
/// <remarks>
/// Source: elements.csv beside this file; docs/decisions/0003-element-features.md names where its numbers come from.
/// Lanthanum to ytterbium and actinium to nobelium count as f block, without a group.
/// </remarks>
public sealed record ElementData
{
    private const string ResourceName = "elements.csv";

    /// <summary>Every element, by atomic number; hydrogen at index 0.</summary>
    public static ImmutableArray<ElementData> All { get; } = Read();

    /// <summary>1 for hydrogen to 118 for oganesson.</summary>
    public required int AtomicNumber { get; init; }

    /// <summary>The usual symbol, such as Na.</summary>
    public required string Symbol { get; init; }

    /// <summary>The name in the spelling of IUPAC, such as Aluminium.</summary>
    public required string Name { get; init; }

    /// <summary>Standard atomic weight in u; the mass of the longest-lived isotope where none is stable.</summary>
    public required double AtomicMass { get; init; }

    /// <summary>The group, 1 to 18; null in the f block. Group 3 is Sc, Y, Lu and Lr.</summary>
    public required int? Group { get; init; }

    /// <summary>The period, 1 to 7.</summary>
    public required int Period { get; init; }

    /// <summary>Which orbitals are being filled: helium counts as s, lutetium and lawrencium as d.</summary>
    public required ElementBlock Block { get; init; }

    /// <summary>The electronegativity on Pauling's scale.</summary>
    public required double? Electronegativity { get; init; }

    /// <summary>The covalent radius in pm, for single bonds; that of sp3 carbon, and of low-spin Mn, Fe and Co.</summary>
    public required double? CovalentRadiusPicometre { get; init; }

    /// <summary>Electrons outside the noble-gas core; p elements and Lu, Hf, … without their filled d and f shells.</summary>
    /// <remarks>Zn has 12, Ga 3, Yb 16, Lu 3.</remarks>
    public required int ValenceElectronCount { get; init; }

    /// <summary>Energy in eV that removes one electron from the free atom.</summary>
    public required double? FirstIonizationEnergy { get; init; }

    /// <summary>Energy in eV gained when the free atom takes up one electron; negative where none is bound.</summary>
    public required double? ElectronAffinity { get; init; }

    /// <summary>The molar volume in cm³/mol, of the solid or liquid.</summary>
    public required double? MolarVolume { get; init; }

    /// <summary>The oxidation states that most compounds show, ascending; empty where none is known.</summary>
    public required ImmutableArray<int> CommonOxidationStates { get; init; }

    /// <summary>Every oxidation state on record other than 0, ascending; contains the common ones.</summary>
    public required ImmutableArray<int> OxidationStates { get; init; }

    private static ImmutableArray<ElementData> Read()
    {
        using Stream stream = typeof(ElementData).Assembly.GetManifestResourceStream(ResourceName)!;
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(ParseRow)];
    }

    private static ElementData ParseRow(string row)
    {
        string[] cells = row.Split(',');
        return new ElementData
        {
            AtomicNumber = Integer(cells[0])!.Value,
            Symbol = cells[1],
            Name = cells[2],
            AtomicMass = Number(cells[3])!.Value,
            Group = Integer(cells[4]),
            Period = Integer(cells[5])!.Value,
            Block = Enum.Parse<ElementBlock>(cells[6], ignoreCase: true),
            Electronegativity = Number(cells[7]),
            CovalentRadiusPicometre = Number(cells[8]),
            ValenceElectronCount = Integer(cells[9])!.Value,
            FirstIonizationEnergy = Number(cells[10]),
            ElectronAffinity = Number(cells[11]),
            MolarVolume = Number(cells[12]),
            CommonOxidationStates = Integers(cells[13]),
            OxidationStates = Integers(cells[14]),
        };
    }

    private static double? Number(string cell) =>
        cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private static int? Integer(string cell) => cell.Length == 0 ? null : int.Parse(cell, CultureInfo.InvariantCulture);

    private static ImmutableArray<int> Integers(string cell) =>
        [
            .. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => int.Parse(part, CultureInfo.InvariantCulture)),
        ];
}

/// <summary>The kind of orbital that is being filled along the periodic table.</summary>
public enum ElementBlock
{
    /// <summary>Groups 1 and 2, and helium.</summary>
    S,

    /// <summary>Groups 13 to 18 without helium.</summary>
    P,

    /// <summary>Groups 3 to 12; group 3 is Sc, Y, Lu and Lr.</summary>
    D,

    /// <summary>Lanthanum to ytterbium and actinium to nobelium.</summary>
    F,
}
