namespace Kagome.Checkpoints;

/// <summary>What is learned of a label.</summary>
public enum LabelTransform
{
    /// <summary>The label itself.</summary>
    None,

    /// <summary>Its natural logarithm: for labels above 0 that span orders of magnitude.</summary>
    Log,
}
