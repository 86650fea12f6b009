using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

namespace Kagome.DataSets;

/// <summary>A crystal that others are compared with: what that takes is worked out when it is first needed.</summary>
internal sealed class ComparedCrystal
{
    private readonly StructureMatcher matcher;
    private readonly CancellationToken cancellation;
    private Structure? structure;

    public ComparedCrystal(SpilledCrystal spilled, StructureMatcher matcher, CancellationToken cancellation)
    {
        (this.matcher, this.cancellation) = (matcher, cancellation);
        structure = spilled.Record.Structure;
        Origin = new CrystalOrigin(spilled.Record.Id, spilled.Set);
        Order = spilled.Order;
    }

    public CrystalOrigin Origin { get; }

    /// <summary>The crystal's place, as <see cref="SpilledCrystal.Order"/> says.</summary>
    public int Order { get; }

    /// <summary>The crystal in its primitive cell; null where it cannot be reduced, or not within the matcher's time limit: it is like no other then.</summary>
    private PreparedStructure? Prepared
    {
        get
        {
            if (structure is not null)
            {
                field = matcher.TryPrepare(structure, cancellation);
                structure = null;
            }

            return field;
        }
    }

    private CrystalFingerprint Fingerprint => field ??= CrystalFingerprint.Of(Prepared!.Reduced);

    /// <summary>How far the fingerprints are apart; null where these alone tell the crystals apart.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public float? DistanceWhereLike(ComparedCrystal other)
    {
        if (
            Prepared is not { } own
            || other.Prepared is not { } others
            || own.Reduced.AtomCount != others.Reduced.AtomCount
        )
        {
            return null;
        }

        float distance = Fingerprint.Distance(other.Fingerprint);
        return distance <= CrystalFingerprint.LargestDistance ? distance : null;
    }

    /// <summary>Whether the matcher takes two crystals that are alike for the same; false also where a comparison takes longer than its limit.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public bool IsSame(ComparedCrystal other) => matcher.Compare(Prepared!, other.Prepared!, cancellation).IsMatch;
}

/// <summary>Crystals of one formula.</summary>
internal sealed class FormulaGroup
{
    private readonly List<ComparedCrystal> crystals = [];

    public void Add(ComparedCrystal crystal) => crystals.Add(crystal);

    /// <summary>A crystal that is the same, looked for in the order of the fingerprints' distances; null where all are different.</summary>
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
