namespace Kagome.Cli.Properties;

/// <summary>What was asked of kagome train property; null for what the recipe says.</summary>
internal sealed record TrainPropertySettings
{
    public required IReadOnlyList<string> DataPaths { get; init; }

    public string? Label { get; init; }

    public string? Unit { get; init; }

    /// <summary>Whether to learn the logarithm; false for what the recipe says.</summary>
    public bool Log { get; init; }

    /// <summary>Labels at or below it are not learned from.</summary>
    public double? Above { get; init; }

    public int? Folds { get; init; }

    public int? TrainableBlocks { get; init; }

    public required string Recipe { get; init; }

    public string? InitialModel { get; init; }

    public string? OutputFolder { get; init; }

    public bool Resume { get; init; }

    public required string Device { get; init; }

    public int? Steps { get; init; }

    public long? Seed { get; init; }
}
