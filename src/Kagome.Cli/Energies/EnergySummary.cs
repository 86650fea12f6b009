using Kagome.Evaluation.Energies;

namespace Kagome.Cli.Energies;

/// <summary>How far a model and its baselines lie from the labels.</summary>
/// <param name="Crystals">All that were judged.</param>
/// <param name="WithoutLabel">Of these, the ones that have no number as label, or no energy.</param>
/// <param name="Model">Null where no crystal has both.</param>
/// <param name="Median">"Always the median" of the reference.</param>
/// <param name="SameElements">"The mean of the same elements" in the reference: see <see cref="LabelBaselines"/>.</param>
/// <param name="Reference">The labels that the baselines know.</param>
internal sealed record EnergySummary(
    int Crystals,
    int WithoutLabel,
    EnergyErrors? Model,
    EnergyErrors? Median,
    EnergyErrors? SameElements,
    string Reference
)
{
    /// <param name="compared">Crystals with an energy and a label, with their compositions.</param>
    /// <param name="crystals">All that were judged.</param>
    /// <param name="reference">Labels that the baselines know; null for those of the other crystals.</param>
    /// <param name="referenceName">Where these come from.</param>
    public static EnergySummary Of(
        IReadOnlyList<(LabelledCrystal Crystal, double Energy)> compared,
        int crystals,
        IReadOnlyList<LabelledCrystal>? reference,
        string? referenceName
    )
    {
        string name = referenceName ?? "the other crystals of the data (each left out of what is said of it)";
        if (compared.Count == 0)
        {
            return new EnergySummary(crystals, crystals, null, null, null, name);
        }

        double[] labels = [.. compared.Select(pair => pair.Crystal.Label)];
        EnergyErrors Errors(IEnumerable<double> predictions) => EnergyErrors.Of([.. predictions], labels);
        EnergySummary summary = new(
            crystals,
            crystals - compared.Count,
            Errors(compared.Select(pair => pair.Energy)),
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
