using Kagome.Core.Structures;

namespace Kagome.Cli.Properties;

/// <summary>A crystal with a property.</summary>
/// <param name="Id">Its name in the data.</param>
/// <param name="Cell">The cell in which networks see it.</param>
/// <param name="Label">In the label's unit.</param>
/// <param name="HasProperty">Whether its label is in the range that is learned from.</param>
/// <param name="Fold">In which it is tested, counted from 0; null for one that no fold learns from.</param>
internal sealed record PropertyCrystal(string Id, Structure Cell, double Label, bool HasProperty, int? Fold);
