namespace Kagome.Training.Recipes;

/// <summary>What is learned of a property of clean crystals, and by which networks of an ensemble.</summary>
/// <remarks>Source of head and loss: DAO (arXiv 2503.10471), A.10. Frozen blocks and the kept formulas are ours.</remarks>
public sealed record PropertySettings
{
    /// <summary>The property's name in the data, such as tc.</summary>
    public string Label { get; init; } = "";

    /// <summary>Of the label; empty for the usual one of labels that Kagome knows.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether the natural logarithm is learned.</summary>
    public bool Log { get; init; }

    /// <summary>Only labels above this are learned from; the others, where there are any, tell what has the property at all.</summary>
    public double Above { get; init; } = double.NegativeInfinity;

    /// <summary>Networks of the ensemble; each is tested on the formulas that it did not learn from.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Share of the formulas that no fold learns from, to measure what the spread of the folds says of their error.</summary>
    public double CalibrationShare { get; init; } = 0.1;

    /// <summary>Whether the networks learn what a ridge regression on the composition leaves over, or the whole label as the paper's do.</summary>
    public bool FromComposition { get; init; }

    /// <summary>How many of the last blocks are trained beside the head. All others stay as they were and are stored once.</summary>
    public int TrainableBlocks { get; init; } = int.MaxValue;
}
