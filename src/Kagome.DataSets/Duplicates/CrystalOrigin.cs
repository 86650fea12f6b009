namespace Kagome.DataSets.Duplicates;

/// <summary>Where a crystal is from.</summary>
/// <param name="Id">Its name there.</param>
/// <param name="Set">The data set.</param>
public sealed record CrystalOrigin(string Id, CrystalSet Set);
