namespace Kagome.Checkpoints;

/// <summary>How far predictions lay from the labels of crystals that their network had not seen.</summary>
/// <param name="Crystals">Predicted, each by the one network that did not learn from its formula.</param>
/// <param name="MeanAbsoluteError">In what is learned: of natural logarithms where the transform is the logarithm.</param>
/// <param name="MeanAbsoluteErrorInUnit">In the label's unit.</param>
/// <param name="MedianError">As the first error, of "always the median of the training folds".</param>
/// <param name="CompositionError">As the first error, of a ridge regression on the composition.</param>
public sealed record CrossValidationScores(
    int Crystals,
    double MeanAbsoluteError,
    double MeanAbsoluteErrorInUnit,
    double MedianError,
    double CompositionError
);
