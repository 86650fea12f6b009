using Kagome.Checkpoints;

namespace Kagome.Cli.Prediction;

/// <summary>What must be the same for a prediction to come out the same.</summary>
internal sealed record PredictionOrigin(
    string Program,
    string Model,
    string ModelSha256,
    long Seed,
    int Steps,
    double Symprec
)
{
    public static PredictionOrigin Of(Checkpoint model, PredictSettings settings) =>
        new(
            $"kagome {typeof(PredictionOrigin).Assembly.GetName().Version?.ToString(3)}",
            model.Provenance.Name,
            model.Checksum ?? "",
            settings.Seed,
            settings.Steps,
            settings.Symprec
        );
}
