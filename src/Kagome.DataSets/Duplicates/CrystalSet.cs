namespace Kagome.DataSets.Duplicates;

/// <summary>Which of two data sets a crystal is from.</summary>
public enum CrystalSet
{
    /// <summary>The one that is compared with, such as a benchmark's.</summary>
    Reference,

    /// <summary>The one that is looked through.</summary>
    Data,
}
