namespace Kagome.Models;

/// <summary>What error to expect where the folds of an ensemble differ: offset + slope · spread; and how wide a range holds four of five labels.</summary>
/// <remarks>Measured on crystals whose formulas no fold learned from; in what is learned, as is the spread.</remarks>
/// <param name="Crystals">How many crystals it was measured on.</param>
/// <param name="Offset">Expected absolute error where all folds agree.</param>
/// <param name="Slope">At least 0.</param>
/// <param name="RangeFactor">So many expected errors to either side hold 80 % of the labels (split conformal prediction).</param>
/// <param name="Coverage">The share of the labels that such ranges held, those of each half of the crystals with the factor of the other half.</param>
/// <param name="MeanAbsoluteError">The error of the whole ensemble on these crystals.</param>
/// <param name="Spearman">Rank correlation of spread and error: 0 where the spread says nothing.</param>
public sealed record SpreadCalibration(
    int Crystals,
    double Offset,
    double Slope,
    double RangeFactor,
    double Coverage,
    double MeanAbsoluteError,
    double Spearman
)
{
    /// <summary>The absolute error to expect of a prediction whose folds spread so far, both in what is learned; at least <see cref="Offset"/>.</summary>
    public double ExpectedError(double spread) => Offset + (Slope * spread);
}
