namespace Kagome.Crystals.Symmetry;

/// <summary>The seven crystal systems, by the rotation axes of their groups.</summary>
/// <remarks>Source: International Tables A, section 2.1.1. Trigonal and hexagonal groups share the hexagonal crystal family.</remarks>
public enum CrystalSystem
{
    /// <summary>No axis: space groups 1 and 2.</summary>
    Triclinic,

    /// <summary>One twofold axis: 3 to 15.</summary>
    Monoclinic,

    /// <summary>Three twofold axes: 16 to 74.</summary>
    Orthorhombic,

    /// <summary>One fourfold axis: 75 to 142.</summary>
    Tetragonal,

    /// <summary>One threefold axis: 143 to 167.</summary>
    Trigonal,

    /// <summary>One sixfold axis: 168 to 194.</summary>
    Hexagonal,

    /// <summary>Four threefold axes: 195 to 230.</summary>
    Cubic,
}

/// <summary>What the number of a space group says.</summary>
public static class SpaceGroupNumber
{
    /// <summary>The last number of a space group, that of Ia-3d.</summary>
    public const int Largest = 230;

    private static readonly int[] LastOfSystem = [2, 15, 74, 142, 167, 194, Largest];

    /// <summary>The eleven groups whose screw axes turn right, and those where they turn left.</summary>
    private static readonly Dictionary<int, int> LeftOfRight = new()
    {
        [76] = 78,
        [91] = 95,
        [92] = 96,
        [144] = 145,
        [151] = 153,
        [152] = 154,
        [169] = 170,
        [171] = 172,
        [178] = 179,
        [180] = 181,
        [212] = 213,
    };

    private static readonly Dictionary<int, int> RightOfLeft = LeftOfRight.ToDictionary(
        pair => pair.Value,
        pair => pair.Key
    );

    /// <summary>Whether a space group has the number: 1 to 230.</summary>
    public static bool IsValid(int number) => number is >= 1 and <= Largest;

    /// <summary>The crystal system of a space group.</summary>
    /// <param name="number">1 to 230.</param>
    public static CrystalSystem System(int number) =>
        IsValid(number)
            ? (CrystalSystem)Array.FindIndex(LastOfSystem, last => number <= last)
            : throw new ArgumentOutOfRangeException(
                nameof(number),
                number,
                "Expected the number of a space group, 1 to 230."
            );

    /// <summary>The group that mirror images of its crystals have: of P41 that is P43; of all but 22 groups it is the group itself.</summary>
    public static int OfMirrorImage(int number) =>
        LeftOfRight.TryGetValue(number, out int other) || RightOfLeft.TryGetValue(number, out other) ? other : number;
}
