namespace Kagome.Cli.Training;

/// <summary>What was asked of kagome train generator.</summary>
internal sealed record TrainGeneratorSettings(
    IReadOnlyList<string> DataPaths,
    IReadOnlyList<string> ValidationPaths,
    string Recipe,
    string? OutputFolder,
    bool Resume,
    string Device,
    int? Steps,
    long? Seed
);
