namespace Kagome.Prototypes;

/// <summary>What the ranker knows of a pair beside its elements, and of all pairs of a composition together.</summary>
/// <remarks>Numbers of about one. The trainer and the ranker take them from here, so that both see the same.</remarks>
internal static class PairFeatures
{
    public const int OfPair = 8;
    public const int OfQuery = 6;

    private const double LargestEnergy = 0.5;
    private const float FarDistance = 5;
    private const int EighthNearest = 8;

    /// <summary>The features of one pair.</summary>
    public static void OfPairAt(CandidatePairs pairs, int at, Span<float> features)
    {
        CandidatePairs.Pair pair = pairs.Pairs[at];
        KnownCrystal crystal = pairs.Group.Crystals[pair.Crystal];
        features[0] = pair.Distance;
        features[1] = crystal.EnergyAboveHull is { } energy ? (float)(Math.Min(energy, LargestEnergy) * 5) : 0;
        features[2] = crystal.EnergyAboveHull is null ? 1 : 0;
        features[3] = MathF.Log(pairs.Group.Members[crystal.Type]) * 0.3f;
        features[4] = pairs.Group.Formula.AtomCount / 20f;
        features[5] = pairs.Elements.Length / 4f;
        features[6] = MathF.Log(pairs.Group.Crystals.Length) * 0.2f;
        features[7] = (float)at / CandidatePairs.Most;
    }

    /// <summary>The features of a composition's pairs together: how near and how many they are.</summary>
    public static void Of(CandidatePairs pairs, Span<float> features)
    {
        features[0] = pairs.Pairs.Length > 0 ? pairs.Pairs[0].Distance : FarDistance;
        features[1] = pairs.Pairs.Length > EighthNearest ? pairs.Pairs[EighthNearest].Distance : FarDistance;
        features[2] = pairs.Group.Formula.AtomCount / 20f;
        features[3] = pairs.Elements.Length / 4f;
        features[4] = MathF.Log(pairs.Group.Crystals.Length) * 0.2f;
        features[5] = MathF.Log(pairs.Group.Members.Length) * 0.3f;
    }
}
