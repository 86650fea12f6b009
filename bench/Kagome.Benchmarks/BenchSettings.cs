using Kagome.Benchmarks.Attention;
using Kagome.Benchmarks.Campaigns;
using Kagome.Benchmarks.Formats;
using Kagome.Benchmarks.Matching;
using Kagome.Benchmarks.Sampling;
using Kagome.Benchmarks.Sharing;
using Kagome.Benchmarks.Training;

namespace Kagome.Benchmarks;

/// <summary>What was asked of kagome bench.</summary>
/// <param name="Names">Of benchmarks; empty for all.</param>
/// <param name="PrintsJson">Instead of tables.</param>
internal sealed record BenchSettings(IReadOnlyList<string> Names, bool PrintsJson)
{
    public AttentionSettings Attention { get; init; } = new();

    public SamplingSettings Sampling { get; init; } = new();

    public SharingSettings Sharing { get; init; } = new();

    public TrainingSettings Training { get; init; } = new();

    public MatchingSettings Matching { get; init; } = new();

    public FormatSettings Formats { get; init; } = new();

    public CampaignBenchSettings Campaign { get; init; } = new();

    /// <summary>Fewer repetitions, sizes and moves.</summary>
    public BenchSettings Quick() =>
        this with
        {
            Attention = Attention.Quick(),
            Sampling = Sampling.Quick(),
            Sharing = Sharing.Quick(),
            Training = Training.Quick(),
            Matching = Matching.Quick(),
            Formats = Formats.Quick(),
            Campaign = Campaign.Quick(),
        };

    /// <summary>So many pairs of timings each.</summary>
    public BenchSettings WithRepetitions(int count) =>
        this with
        {
            Attention = Attention with { Repetitions = count },
            Sampling = Sampling with { Repetitions = count },
            Sharing = Sharing with { Repetitions = count },
            Training = Training with { Repetitions = count },
            Matching = Matching with { Repetitions = count },
            Formats = Formats with { Repetitions = count },
        };

    /// <summary>Crystals and weights by another seed.</summary>
    public BenchSettings WithSeed(long seed) =>
        this with
        {
            Attention = Attention with { Seed = seed },
            Sampling = Sampling with { Seed = seed },
            Sharing = Sharing with { Seed = seed },
            Training = Training with { Seed = seed },
            Matching = Matching with { Seed = seed },
            Formats = Formats with { Seed = seed },
        };

    /// <summary>A model in the place of the paper's network and of the shipped one.</summary>
    public BenchSettings WithModel(string model) =>
        this with
        {
            Attention = Attention with { Model = model },
            Sampling = Sampling with { Model = model },
            Campaign = Campaign with { Model = model },
        };
}
