namespace Kagome.DataSets.Filters;

/// <summary>What a label has to be.</summary>
/// <param name="Label">Its name, such as e_hull.</param>
/// <param name="Range">In the label's unit.</param>
public sealed record LabelRange(string Label, NumberRange Range);
