using Kagome.Evaluation.Energies;

namespace Kagome.Cli.Properties;

/// <summary>How one fold's network did on the crystals whose formulas it did not learn from, beside baselines that know the same crystals.</summary>
/// <param name="Fold">From 1.</param>
/// <param name="LearnedFrom">Crystals.</param>
/// <param name="Model">In what is learned: natural logarithms where those are.</param>
/// <param name="ModelInUnit">In the label's unit.</param>
/// <param name="Median">"Always the median."</param>
/// <param name="MedianInUnit">The same in the label's unit.</param>
/// <param name="SameElements">See <see cref="LabelBaselines"/>.</param>
/// <param name="Composition">A ridge regression on the composition.</param>
/// <param name="CompositionInUnit">The same in the label's unit.</param>
internal sealed record FoldScores(
    int Fold,
    int LearnedFrom,
    EnergyErrors Model,
    EnergyErrors ModelInUnit,
    EnergyErrors Median,
    EnergyErrors MedianInUnit,
    EnergyErrors SameElements,
    EnergyErrors Composition,
    EnergyErrors CompositionInUnit
);
