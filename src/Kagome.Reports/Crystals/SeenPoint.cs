namespace Kagome.Reports.Crystals;

/// <summary>Where a point of space stands in a picture.</summary>
/// <param name="X">To the right, in Å.</param>
/// <param name="Y">Upwards, in Å.</param>
/// <param name="Depth">Towards the one who looks, in Å.</param>
internal readonly record struct SeenPoint(double X, double Y, double Depth);
