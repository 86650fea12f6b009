namespace Kagome.Cli.Prediction;

/// <summary>A formula with its candidates.</summary>
/// <param name="Target">The formula and its cells.</param>
/// <param name="Ranked">Best first.</param>
/// <param name="Document">What was written of them.</param>
internal sealed record PredictedFormula(
    PredictionTarget Target,
    IReadOnlyList<Candidate> Ranked,
    PredictionDocument Document
);
