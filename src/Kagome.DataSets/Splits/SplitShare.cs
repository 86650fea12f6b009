namespace Kagome.DataSets.Splits;

/// <summary>A part of a data set.</summary>
/// <param name="Name">Such as train.</param>
/// <param name="Share">Of the formulas: above 0, at most 1.</param>
public sealed record SplitShare(string Name, double Share);
