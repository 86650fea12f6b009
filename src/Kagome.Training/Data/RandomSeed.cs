namespace Kagome.Training.Data;

/// <summary>Seeds of independent streams, made from one.</summary>
internal static class RandomSeed
{
    /// <summary>A seed for the stream of a number: different numbers, unrelated streams.</summary>
    /// <remarks>Source: the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</remarks>
    public static long Mix(long seed, long stream)
    {
        ulong value = unchecked((ulong)seed + (0x9E3779B97F4A7C15 * ((ulong)stream + 1)));
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return (long)((value ^ (value >> 31)) >> 1);
    }
}
