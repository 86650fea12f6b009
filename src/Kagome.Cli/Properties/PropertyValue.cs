namespace Kagome.Cli.Properties;

/// <summary>What an ensemble says of a crystal.</summary>
/// <param name="Value">In the label's unit: the mean of the folds, of their logarithms where those are learned.</param>
/// <param name="Low">The value less the expected error.</param>
/// <param name="High">The value and the expected error.</param>
/// <param name="Spread">Standard deviation over the folds, of what is learned.</param>
/// <param name="ExpectedError">Mean absolute error of such crystals, of what is learned.</param>
/// <param name="Probability">That the crystal has the property at all; null where the ensemble cannot tell.</param>
internal readonly record struct PropertyValue(
    double Value,
    double Low,
    double High,
    double Spread,
    double ExpectedError,
    double? Probability
);
