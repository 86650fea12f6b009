using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kagome.Networks.Attention;

/// <summary>Turns pairs (x, y) of wave amplitudes by the phases of their atom, in place.</summary>
internal static class WaveTurn
{
    /// <summary>[x c + y s ; y c - x s]: makes u · x_ij a product with the waves of j.</summary>
    /// <param name="amplitudes">x and then y, <paramref name="count"/> each, of each atom.</param>
    /// <param name="waves">Sines and then cosines of each atom.</param>
    /// <param name="count">F</param>
    public static void Forward(Rows amplitudes, Rows waves, int count)
    {
        for (int row = 0; row < amplitudes.Count; row++)
        {
            Turn(ref amplitudes[row], ref waves[row], count, sign: 1);
        }
    }

    /// <summary>[x c - y s ; y c + x s]: the transpose, which makes sums of waves of j sums over θ_j - θ_i.</summary>
    public static void Back(Rows amplitudes, Rows waves, int count)
    {
        for (int row = 0; row < amplitudes.Count; row++)
        {
            Turn(ref amplitudes[row], ref waves[row], count, sign: -1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn(ref float amplitudes, ref float waves, int count, float sign)
    {
        Vector<float> signs = new(sign);
        nuint half = (nuint)count;
        nuint whole = (nuint)(count - (count % Vector<float>.Count));
        for (nuint at = 0; at < whole; at += (nuint)Vector<float>.Count)
        {
            Vector<float> x = Vector.LoadUnsafe(ref amplitudes, at);
            Vector<float> y = Vector.LoadUnsafe(ref amplitudes, at + half);
            Vector<float> sines = Vector.LoadUnsafe(ref waves, at) * signs;
            Vector<float> cosines = Vector.LoadUnsafe(ref waves, at + half);
            Vector.FusedMultiplyAdd(x, cosines, y * sines).StoreUnsafe(ref amplitudes, at);
            Vector.FusedMultiplyAdd(y, cosines, -x * sines).StoreUnsafe(ref amplitudes, at + half);
        }

        for (int at = (int)whole; at < count; at++)
        {
            ref float first = ref Unsafe.Add(ref amplitudes, at);
            ref float second = ref Unsafe.Add(ref amplitudes, at + count);
            (float x, float y) = (first, second);
            (float sine, float cosine) = (sign * Unsafe.Add(ref waves, at), Unsafe.Add(ref waves, at + count));
            first = (x * cosine) + (y * sine);
            second = (y * cosine) - (x * sine);
        }
    }
}
