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

    /// <summary>Weight of the energy gradient on coordinates; 0 for no guidance.</summary>
    public double CoordinateGuidance { get; init; }

    /// <summary>Weight of the energy gradient on lattices; 0 for no guidance.</summary>
    public double LatticeGuidance { get; init; }

    /// <summary>The predictor that guides; null for the default one.</summary>
    public string? Predictor { get; init; }

    public bool IsGuided => CoordinateGuidance > 0 || LatticeGuidance > 0;

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
