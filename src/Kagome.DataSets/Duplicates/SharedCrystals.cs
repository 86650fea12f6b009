namespace Kagome.DataSets.Duplicates;

/// <summary>What two data sets have in common.</summary>
/// <param name="First">Of the first.</param>
/// <param name="Second">Of the second.</param>
/// <param name="SharedFormulas">Reduced formulas that both hold.</param>
public sealed record SharedCrystals(SharedCounts First, SharedCounts Second, int SharedFormulas)
{
    internal static SharedCrystals None { get; } = new(new(0, 0, 0), new(0, 0, 0), 0);

    public static SharedCrystals operator +(SharedCrystals left, SharedCrystals right) =>
        new(left.First + right.First, left.Second + right.Second, left.SharedFormulas + right.SharedFormulas);
}
