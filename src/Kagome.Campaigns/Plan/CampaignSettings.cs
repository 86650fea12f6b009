namespace Kagome.Campaigns;

/// <summary>How a campaign is cut and what it does with each formula.</summary>
public sealed record CampaignSettings
{
    /// <summary>Most formulas of a shard.</summary>
    public const int LargestShardSize = 100_000;

    /// <summary>Most crystals that are kept of a formula.</summary>
    public const int MostCrystals = 1_000;

    /// <summary>Formulas of a shard, which one task of a queue works on; 1 to 100,000. Default 100.</summary>
    public int ShardSize { get; init; } = 100;

    /// <summary>How many distinct crystals of a formula are kept, the best ones; 1 to 1,000. Default 10.</summary>
    public int Crystals { get; init; } = 10;

    /// <summary>How structures are predicted. Default: as for a single formula. Atom counts stand beside formulas, and trajectories are not kept.</summary>
    public PredictionOptions Prediction { get; init; } = new();

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    /// <exception cref="InputException">Two values contradict each other.</exception>
    public void Validate()
    {
        OptionException.RequireBetween(nameof(ShardSize), ShardSize, 1, LargestShardSize);
        OptionException.RequireBetween(nameof(Crystals), Crystals, 1, MostCrystals);
        OptionException.RequireGiven(nameof(Prediction), Prediction);
        Prediction.Validate();
        if (Prediction.AtomCount is { } atoms)
        {
            throw new OptionException(
                nameof(PredictionOptions.AtomCount),
                atoms,
                "none; atom counts stand beside the formulas"
            );
        }

        if (Prediction.KeepsTrajectory)
        {
            throw new OptionException(nameof(PredictionOptions.KeepsTrajectory), true, "false in a campaign");
        }
    }
}
