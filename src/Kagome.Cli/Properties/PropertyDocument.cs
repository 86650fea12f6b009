using Kagome.Checkpoints;
using Kagome.Cli.Energies;

namespace Kagome.Cli.Properties;

/// <summary>Properties as --json gives them. Values and labels are in <c>unit</c>; spreads, expected errors and <c>summary</c> are of what is learned.</summary>
internal sealed record PropertyDocument(
    string Model,
    string ModelSha256,
    string Label,
    string Unit,
    LabelTransform Transform,
    CrossValidationScores CrossValidation,
    SpreadCalibration? Calibration,
    OccurrenceScores? Occurrence,
    EnergySummary? Summary,
    EnergySummary? SummaryInUnit,
    IReadOnlyList<PropertyPrediction> Crystals
);
