namespace Kagome.Evaluation.Regression;

/// <summary>How far a model and its baselines lie from the labels.</summary>
/// <param name="Crystals">All that the model was asked about.</param>
/// <param name="WithoutLabel">Those of them that have no number as label, or of which the model says nothing.</param>
/// <param name="Model">Null where no crystal has both.</param>
/// <param name="Median">"Always the median" of the reference.</param>
/// <param name="SameElements">"The mean of the same elements": of the crystals of the reference that hold exactly these; where there are none, the mean of the elements' own means.</param>
/// <param name="Reference">The labels that the baselines know.</param>
public sealed record RegressionSummary(
    int Crystals,
    int WithoutLabel,
    RegressionErrors? Model,
    RegressionErrors? Median,
    RegressionErrors? SameElements,
    string Reference
)
{
    /// <summary>Works out the errors of a model and of both baselines.</summary>
    /// <param name="compared">Crystals with a label and what the model says of them.</param>
    /// <param name="crystals">All that the model was asked about.</param>
    /// <param name="reference">Labels that the baselines know; null for those of the other crystals.</param>
    /// <param name="referenceName">Where the known labels come from; null for the other crystals.</param>
    public static RegressionSummary Of(
        IReadOnlyList<(LabelledCrystal Crystal, double Prediction)> compared,
        int crystals,
        IReadOnlyList<LabelledCrystal>? reference,
        string? referenceName
    )
    {
        string name = referenceName ?? "the other crystals of the data (each left out of what is said of it)";
        if (compared.Count == 0)
        {
            return new RegressionSummary(crystals, crystals, null, null, null, name);
        }

        double[] labels = [.. compared.Select(pair => pair.Crystal.Label)];
        RegressionErrors Errors(IEnumerable<double> predictions) => RegressionErrors.Of([.. predictions], labels);
        RegressionSummary summary = new(
            crystals,
            crystals - compared.Count,
            Errors(compared.Select(pair => pair.Prediction)),
            null,
            null,
            name
        );
        IReadOnlyList<LabelledCrystal> known = reference ?? [.. compared.Select(pair => pair.Crystal)];
        if (known.Count < 2)
        {
            return summary;
        }

        LabelBaselines baselines = new(known);
        double? Own(LabelledCrystal crystal) => reference is null ? crystal.Label : null;
        return summary with
        {
            Median = Errors(compared.Select(pair => baselines.Median(Own(pair.Crystal)))) with
            {
                Spearman = null, // it knows no order; leaving crystals out would feign one
            },
            SameElements = Errors(
                compared.Select(pair => baselines.SameElements(pair.Crystal.Composition, Own(pair.Crystal)))
            ),
        };
    }
}
