namespace Kagome.DataSets.Duplicates;

/// <summary>A crystal that was left out because another is the same.</summary>
/// <param name="Id">Of the crystal that was left out.</param>
/// <param name="Formula">Reduced.</param>
/// <param name="Of">The one that it is the same as.</param>
public sealed record Duplicate(string Id, string Formula, CrystalOrigin Of);
