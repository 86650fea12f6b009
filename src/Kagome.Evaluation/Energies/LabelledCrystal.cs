using Kagome.Core.Compositions;

namespace Kagome.Evaluation.Energies;

/// <summary>What a baseline may know of a crystal.</summary>
public readonly record struct LabelledCrystal(Composition Composition, double Label);
