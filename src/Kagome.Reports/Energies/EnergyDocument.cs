using System.Globalization;
using CsvHelper;
using Kagome.Evaluation.Regression;

namespace Kagome.Reports.Energies;

/// <summary>Predicted energies of crystals as energies.json gives them. Energies and labels are in <c>unit</c>.</summary>
/// <param name="Model">The name of the predictor.</param>
/// <param name="ModelSha256">What <c>sha256sum</c> prints of the predictor's file.</param>
/// <param name="Quantity">What is predicted, such as energy above hull.</param>
/// <param name="Unit">What it is predicted in, such as eV/atom.</param>
/// <param name="Label">What data sets call the quantity, such as e_hull.</param>
/// <param name="Summary">How far predictions are from labels, beside baselines.</param>
/// <param name="Crystals">What is predicted of each crystal, in the order given.</param>
public sealed record EnergyDocument(
    string Model,
    string ModelSha256,
    string Quantity,
    string Unit,
    string Label,
    RegressionSummary Summary,
    IReadOnlyList<EnergyDocument.Entry> Crystals
)
{
    /// <summary>The predictions of a model as a document.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="predictions">What it says.</param>
    /// <param name="reference">Labels that the baselines know; null for those of the other crystals.</param>
    /// <param name="referenceName">Where these come from.</param>
    public static EnergyDocument Of(
        EnergyPredictor predictor,
        IReadOnlyList<EnergyPrediction> predictions,
        IReadOnlyList<LabelledCrystal>? reference,
        string? referenceName
    ) =>
        new(
            predictor.Name,
            predictor.Checksum,
            predictor.Quantity,
            predictor.Unit,
            predictor.Label,
            RegressionSummary.Of(
                [
                    .. predictions
                        .Where(prediction => prediction is { Energy: not null, KnownEnergy: not null })
                        .Select(prediction =>
                            (
                                new LabelledCrystal(prediction.Cell.Composition, prediction.KnownEnergy!.Value),
                                prediction.Energy!.Value
                            )
                        ),
                ],
                predictions.Count,
                reference,
                referenceName
            ),
            [.. predictions.Select(Entry.Of)]
        );

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
                energy = crystal.Energy,
                label = crystal.Label,
                concerns = string.Join("; ", crystal.Concerns),
                problem = crystal.Problem,
            })
        );
        csv.Flush();
    }

    /// <summary>One crystal; <c>formula</c> and <c>atoms</c> are those of the cell that the model was asked about.</summary>
    /// <param name="Id">The name of the crystal.</param>
    /// <param name="Formula">The atoms of the cell that the model was asked about.</param>
    /// <param name="Atoms">How many there are in it.</param>
    /// <param name="Energy">As the model says, in its unit; null where it says nothing.</param>
    /// <param name="Label">As the data say, in the same unit; null where they say nothing.</param>
    /// <param name="Concerns">Why the energy may be wrong.</param>
    /// <param name="Problem">Why there is none; null where there is one.</param>
    public sealed record Entry(
        string Id,
        string Formula,
        int Atoms,
        double? Energy,
        double? Label,
        IReadOnlyList<string> Concerns,
        string? Problem
    )
    {
        internal static Entry Of(EnergyPrediction prediction) =>
            new(
                prediction.Crystal.Id,
                prediction.Cell.Composition.Formula,
                prediction.Cell.AtomCount,
                prediction.Energy,
                prediction.KnownEnergy,
                prediction.Concerns,
                prediction.Problem
            );
    }
}
