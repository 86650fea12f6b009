namespace Kagome.Crystals.Structures;

/// <summary>The labels that data sets give crystals, by the names that Kagome knows.</summary>
public static class Labels
{
    /// <summary>Energy above the convex hull, in eV/atom.</summary>
    public const string EnergyAboveHull = "e_hull";

    /// <summary>Formation energy from the elements, in eV/atom.</summary>
    public const string FormationEnergy = "e_form";

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        [EnergyAboveHull] = "eV/atom",
        [FormationEnergy] = "eV/atom",
        ["gap"] = "eV",
        ["tc"] = "K",
    };

    /// <summary>The unit of a label; null for one that Kagome does not know.</summary>
    public static string? Unit(string label) => Units.GetValueOrDefault(label);

    /// <summary>A crystal's label; null where it is absent or not a finite number.</summary>
    public static double? Number(CrystalRecord crystal, string label) =>
        crystal.Labels.TryGetValue(label, out double value) && double.IsFinite(value) ? value : null;
}
