using System.Globalization;
using CsvHelper;
using Kagome.Crystals.Symmetry;
using Kagome.Evaluation.Regression;
using Kagome.Models;
using Kagome.Output;

namespace Kagome.Reports.Properties;

/// <summary>A predicted property of crystals as JSON gives it. Values and labels are in <c>unit</c>; spreads, expected errors and <c>summary</c> are in what is learned.</summary>
/// <param name="Model">The name of the ensemble.</param>
/// <param name="ModelSha256">What <c>sha256sum</c> prints of the ensemble's file.</param>
/// <param name="Label">What data sets call the property, such as tc.</param>
/// <param name="Unit">What it is predicted in, such as K.</param>
/// <param name="Transform">What the networks learned: the label itself or its logarithm.</param>
/// <param name="CrossValidation">How far the networks were off on formulas that they did not learn from.</param>
/// <param name="Calibration">What error to expect where the networks disagree; null where that was not measured.</param>
/// <param name="Occurrence">How well the networks tell whether a crystal has the property at all; null where they cannot.</param>
/// <param name="Summary">How far predictions are from labels, in what is learned; null where there are no labels.</param>
/// <param name="SummaryInUnit">How far predictions are from labels, in the unit; null where there are no labels.</param>
/// <param name="Crystals">What is predicted of each crystal, in the order given.</param>
public sealed record PropertyDocument(
    string Model,
    string ModelSha256,
    string Label,
    string Unit,
    LabelTransform Transform,
    CrossValidationScores CrossValidation,
    SpreadCalibration? Calibration,
    OccurrenceScores? Occurrence,
    RegressionSummary? Summary,
    RegressionSummary? SummaryInUnit,
    IReadOnlyList<PropertyDocument.Entry> Crystals
)
{
    /// <summary>The predictions of an ensemble as a document.</summary>
    public static PropertyDocument Of(PropertyPredictor property, IReadOnlyList<PropertyPrediction> predictions)
    {
        SymmetryFinder finder = new();
        return new PropertyDocument(
            property.Name,
            property.Checksum,
            property.Label,
            property.Unit,
            property.Transform,
            property.CrossValidation,
            property.Calibration,
            property.Occurrence,
            Compare(predictions, property.Transform, property.Transform),
            Compare(predictions, property.Transform, LabelTransform.None),
            [.. predictions.Select(prediction => Entry.Of(prediction, finder))]
        );
    }

    /// <summary>Writes a table with a row a crystal that other programs read; empty where there is nothing to say.</summary>
    public void WriteCsv(TextWriter writer)
    {
        using CsvWriter csv = new(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.WriteRecords(
            Crystals.Select(crystal => new
            {
                id = crystal.Id,
                formula = crystal.Formula,
                atoms = crystal.Atoms,
                space_group = crystal.SpaceGroup?.ToString(),
                energy_above_hull = crystal.EnergyAboveHull,
                value = crystal.Property?.Value,
                low = crystal.Property?.Low,
                high = crystal.Property?.High,
                spread = crystal.Property?.Spread,
                probability = crystal.Property?.Probability,
                label = crystal.Label,
                concerns = string.Join("; ", crystal.Concerns),
                problem = crystal.Problem,
            })
        );
        csv.Flush();
    }

    /// <summary>How far values are from labels, where both are there and can be learned from.</summary>
    private static RegressionSummary? Compare(
        IReadOnlyList<PropertyPrediction> predictions,
        LabelTransform learned,
        LabelTransform shown
    )
    {
        (LabelledCrystal, double)[] compared =
        [
            .. predictions
                .Where(one =>
                    one is { Property: not null, KnownValue: { } label } && double.IsFinite(learned.Apply(label))
                )
                .Select(one =>
                    (
                        new LabelledCrystal(one.Cell.Composition, shown.Apply(one.KnownValue!.Value)),
                        shown.Apply(one.Property!.Value)
                    )
                ),
        ];
        return compared.Length == 0 ? null : RegressionSummary.Of(compared, predictions.Count, null, null);
    }

    /// <summary>A crystal: <c>formula</c> and <c>atoms</c> are those of the cell that was looked at; the space group is null where none was found.</summary>
    /// <param name="Id">The name of the crystal.</param>
    /// <param name="Formula">The atoms of the cell that was looked at.</param>
    /// <param name="Atoms">How many there are in it.</param>
    /// <param name="SpaceGroup">Null where none was found.</param>
    /// <param name="EnergyAboveHull">As the predictor of energies says, in eV/atom; null where it was not asked.</param>
    /// <param name="Property">What is predicted; null where the model says nothing.</param>
    /// <param name="Label">As the data say, in the unit of the property; null where they say nothing.</param>
    /// <param name="Concerns">Why the value may be wrong.</param>
    /// <param name="Problem">Why there is none; null where there is one.</param>
    public sealed record Entry(
        string Id,
        string Formula,
        int Atoms,
        SpaceGroupDocument? SpaceGroup,
        double? EnergyAboveHull,
        PropertyValue? Property,
        double? Label,
        IReadOnlyList<string> Concerns,
        string? Problem
    )
    {
        internal static Entry Of(PropertyPrediction prediction, SymmetryFinder finder) =>
            new(
                prediction.Crystal.Id,
                prediction.Cell.Composition.Formula,
                prediction.Cell.AtomCount,
                SpaceGroupDocument.Of(
                    prediction.Problem is null ? finder.Find(prediction.Crystal.Structure)?.Group : null
                ),
                prediction.EnergyAboveHull,
                prediction.Property,
                prediction.KnownValue,
                prediction.Concerns,
                prediction.Problem
            );
    }
}
