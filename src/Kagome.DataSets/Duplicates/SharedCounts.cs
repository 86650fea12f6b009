namespace Kagome.DataSets.Duplicates;

/// <summary>What one data set has in common with another.</summary>
/// <param name="Crystals">All.</param>
/// <param name="SharedCrystals">Of these, those that the other holds too, by the matcher.</param>
/// <param name="Formulas">Different reduced formulas.</param>
public sealed record SharedCounts(int Crystals, int SharedCrystals, int Formulas)
{
    public static SharedCounts operator +(SharedCounts left, SharedCounts right) =>
        new(left.Crystals + right.Crystals, left.SharedCrystals + right.SharedCrystals, left.Formulas + right.Formulas);
}
