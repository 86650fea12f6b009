namespace Kagome.DataSets.Duplicates;

/// <summary>Crystals of one formula.</summary>
internal sealed class FormulaGroup
{
    private readonly List<ComparedCrystal> crystals = [];

    public void Add(ComparedCrystal crystal) => crystals.Add(crystal);

    /// <summary>One that is the same, looked for in the order of the fingerprints' distances; null where all are different.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public ComparedCrystal? FindSame(ComparedCrystal crystal)
    {
        List<(float Distance, ComparedCrystal Other)> like = [];
        foreach (ComparedCrystal other in crystals)
        {
            if (crystal.DistanceWhereLike(other) is { } distance)
            {
                like.Add((distance, other));
            }
        }

        // OrderBy is stable, so that the outcome is always the same
        return like.OrderBy(pair => pair.Distance)
            .Select(pair => pair.Other)
            .FirstOrDefault(other => other.IsSame(crystal));
    }
}
