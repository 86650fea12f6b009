using Kagome.Sampling.Generation;

namespace Kagome.Cli.Evaluation;

/// <summary>What was asked of kagome evaluate.</summary>
internal sealed record EvaluateSettings
{
    /// <summary>The reference crystals.</summary>
    public required string Data { get; init; }

    /// <summary>Of the entries that name one; all takes every entry.</summary>
    public required string Split { get; init; }

    /// <summary>Most crystals to score; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>K: structures of each crystal; null for one of a model and for all of another program.</summary>
    public int? Samples { get; init; }

    public required long Seed { get; init; }

    public required SamplerSettings Sampler { get; init; }

    public required string Model { get; init; }

    /// <summary>Structures of another program, in place of the model's; null to sample.</summary>
    public string? Predictions { get; init; }

    /// <summary>cpu or cuda.</summary>
    public required string Device { get; init; }

    /// <summary>Null for a name made of what is scored.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>Name of the published benchmark; null to tell it by the file's name.</summary>
    public string? Benchmark { get; init; }

    public bool Resume { get; init; }

    public bool PrintsJson { get; init; }
}
