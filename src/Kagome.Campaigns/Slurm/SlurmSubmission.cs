namespace Kagome.Campaigns.Slurm;

/// <summary>A job array that a campaign was given to Slurm as.</summary>
/// <param name="Job">Its number.</param>
/// <param name="Script">From the campaign's folder.</param>
/// <param name="Shards">Of the campaign.</param>
/// <param name="Length">Task n works on the shards n, n + Length and so on.</param>
/// <param name="Tasks">The tasks that were submitted.</param>
public sealed record SlurmSubmission(long Job, string Script, int Shards, int Length, IReadOnlyList<int> Tasks)
{
    /// <summary>Which tasks work on which shards.</summary>
    internal SlurmArray Array => new(Shards, Length, Tasks);
}
