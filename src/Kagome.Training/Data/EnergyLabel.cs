namespace Kagome.Training.Data;

/// <summary>The label that DAO-P learns.</summary>
public static class EnergyLabel
{
    /// <summary>In data sets.</summary>
    public const string Name = "e_hull";

    /// <summary>In models.</summary>
    public const string Meaning = "energy above hull";

    public const string Unit = "eV/atom";
}
