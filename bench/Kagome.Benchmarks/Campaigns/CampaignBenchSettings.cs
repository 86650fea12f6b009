namespace Kagome.Benchmarks.Campaigns;

/// <summary>What `kagome bench campaign` measures.</summary>
internal sealed record CampaignBenchSettings
{
    public int Formulas { get; init; } = 100_000;

    public int Shards { get; init; } = 1_000;

    /// <summary>Of each formula, made up.</summary>
    public int Crystals { get; init; } = 2;

    /// <summary>What formulas are checked by.</summary>
    public string Model { get; init; } = ModelOptions.DefaultGenerator;

    public CampaignBenchSettings Quick() => this with { Formulas = 10_000 };
}
