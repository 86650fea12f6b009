using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;

namespace Kagome.DataSets.Duplicates;

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

    /// <summary>See <see cref="SpilledCrystal.Order"/>.</summary>
    public int Order { get; }

    /// <summary>In its primitive cell; null where it cannot be reduced, or not within the matcher's time limit: it is like no other then.</summary>
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

    /// <summary>What the matcher says of two that are alike; false also where a comparison takes longer than its limit.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public bool IsSame(ComparedCrystal other) => matcher.Compare(Prepared!, other.Prepared!, cancellation).IsMatch;
}
