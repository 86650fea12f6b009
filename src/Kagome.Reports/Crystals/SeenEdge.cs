namespace Kagome.Reports.Crystals;

/// <summary>An edge of the cell in a picture.</summary>
/// <param name="From">One end.</param>
/// <param name="To">The other end.</param>
internal readonly record struct SeenEdge(SeenPoint From, SeenPoint To);
