namespace Kagome.Models;

/// <summary>What is learned of a label.</summary>
public enum LabelTransform
{
    /// <summary>The label itself.</summary>
    None,

    /// <summary>Its natural logarithm: for labels above 0 that span orders of magnitude.</summary>
    Log,
}

/// <summary>Labels as they are learned, and back.</summary>
public static class LabelTransforms
{
    /// <summary>What is learned of a label.</summary>
    public static double Apply(this LabelTransform transform, double label) =>
        transform == LabelTransform.Log ? Math.Log(label) : label;

    /// <summary>The label that stands behind what is learned.</summary>
    public static double Invert(this LabelTransform transform, double learned) =>
        transform == LabelTransform.Log ? Math.Exp(learned) : learned;
}
