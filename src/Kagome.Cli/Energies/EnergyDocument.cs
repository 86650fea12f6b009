namespace Kagome.Cli.Energies;

/// <summary>Energies as --json gives them. Energies and labels are in <c>unit</c>.</summary>
internal sealed record EnergyDocument(
    string Model,
    string ModelSha256,
    string Quantity,
    string Unit,
    string Label,
    EnergySummary Summary,
    IReadOnlyList<EnergyPrediction> Crystals
)
{
    public static EnergyDocument Of(
        EnergyModel model,
        EnergySummary summary,
        IReadOnlyList<EnergyPrediction> predictions
    ) =>
        new(
            model.Name,
            model.Checksum,
            model.Scaler.LabelName,
            model.Scaler.Unit,
            model.DataLabel,
            summary,
            predictions
        );
}
