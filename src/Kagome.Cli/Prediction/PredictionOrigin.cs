using Kagome.Checkpoints;
using Kagome.Cli.Energies;
using Kagome.Sampling.Generation;

namespace Kagome.Cli.Prediction;

/// <summary>What must be the same for a prediction to come out the same.</summary>
/// <remarks>The predictor is null where there was none; weights and iterations are 0 where it neither guided nor relaxed.</remarks>
internal sealed record PredictionOrigin(
    string Program,
    string Model,
    string ModelSha256,
    long Seed,
    SamplerSettings Sampler,
    double Symprec,
    string? Predictor,
    string? PredictorSha256,
    double CoordinateGuidance,
    double LatticeGuidance,
    int RelaxIterations
)
{
    public static PredictionOrigin Of(Checkpoint model, EnergyModel? predictor, PredictSettings settings) =>
        new(
            $"kagome {typeof(PredictionOrigin).Assembly.GetName().Version?.ToString(3)}",
            model.Provenance.Name,
            model.Checksum ?? "",
            settings.Seed,
            settings.Sampler,
            settings.Symprec,
            predictor?.Name,
            predictor?.Checksum,
            settings.CoordinateGuidance,
            settings.LatticeGuidance,
            settings.RelaxIterations
        );
}
