using Kagome.Checkpoints;

namespace Kagome.Cli.Training;

/// <summary>What was asked of kagome train generator or kagome train predictor.</summary>
internal sealed record TrainSettings(
    ModelKind Kind,
    IReadOnlyList<string> DataPaths,
    IReadOnlyList<string> ValidationPaths,
    string Recipe,
    string? InitialModel,
    string? OutputFolder,
    bool Resume,
    string Device,
    int? Steps,
    long? Seed
);
