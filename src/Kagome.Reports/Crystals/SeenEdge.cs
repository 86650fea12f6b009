namespace Kagome.Reports.Crystals;

/// <summary>An edge of the cell in a picture.</summary>
public readonly record struct SeenEdge(SeenPoint From, SeenPoint To);
