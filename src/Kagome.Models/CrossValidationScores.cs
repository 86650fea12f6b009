namespace Kagome.Models;

/// <summary>How far predictions lay from the labels of crystals that their network had not seen.</summary>
/// <param name="Crystals">Predicted, each by the one network that did not learn from its formula.</param>
/// <param name="MeanAbsoluteError">The error of what is learned: of natural logarithms where the transform is the logarithm.</param>
/// <param name="MeanAbsoluteErrorInUnit">The error in the label's unit.</param>
/// <param name="MedianError">The first error for "always the median of the training folds".</param>
/// <param name="CompositionError">The first error for extremely randomised trees on the composition.</param>
public sealed record CrossValidationScores(
    int Crystals,
    double MeanAbsoluteError,
    double MeanAbsoluteErrorInUnit,
    double MedianError,
    double CompositionError
);
