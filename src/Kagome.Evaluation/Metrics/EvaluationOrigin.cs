namespace Kagome.Evaluation.Metrics;

/// <summary>What must be the same for an evaluation to come out the same.</summary>
public sealed record EvaluationOrigin
{
    public required string Program { get; init; }

    /// <summary>Name of the model that sampled; null where another program made the structures.</summary>
    public string? Model { get; init; }

    public string? ModelSha256 { get; init; }

    /// <summary>Where the structures of another program came from; null where a model sampled.</summary>
    public string? Predictions { get; init; }

    /// <summary>Changes with any of these structures.</summary>
    public string? PredictionsFingerprint { get; init; }

    /// <summary>File name of the reference crystals.</summary>
    public required string Data { get; init; }

    public required string Split { get; init; }

    /// <summary>Most crystals that were to be scored; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Changes with the crystals that are scored.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>K: structures of each crystal.</summary>
    public required int Samples { get; init; }

    public required long Seed { get; init; }

    /// <summary>Moves of the sampler; null for structures of another program.</summary>
    public int? Steps { get; init; }

    /// <summary>All options of the sampler, by name.</summary>
    public IReadOnlyDictionary<string, string> Sampler { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether space groups were compared.</summary>
    public bool HasSpaceGroups { get; init; }
}
