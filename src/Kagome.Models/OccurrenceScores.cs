namespace Kagome.Models;

/// <summary>How well an ensemble tells crystals that have the property at all from those that were measured and have none.</summary>
/// <param name="Crystals">Judged, each by trees that did not see its formula.</param>
/// <param name="BaseRate">Share of them that have it.</param>
/// <param name="Accuracy">Share predicted correctly, at a probability of one half.</param>
/// <param name="AreaUnderCurve">The area under the receiver operating characteristic; 0.5 for chance.</param>
public sealed record OccurrenceScores(int Crystals, double BaseRate, double Accuracy, double AreaUnderCurve);
