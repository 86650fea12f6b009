using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kagome.Networks.Attention;

/// <summary>Attention among the atoms of one crystal in one head, and its gradients.</summary>
/// <remarks>
/// Two operations do both: products of x_i with (y_j + e_ij), and sums of (y_j + e_ij) with weights w_ij, where e_ij is what
/// the edge adds. Forward: logits are products of queries and keys, results sums of values. Backward: gradients of the
/// shares are products of the results' gradients and values, gradients of the queries sums of keys.
/// </remarks>
/// <param name="Waves">Sines and cosines of each atom: [atoms, 2F]</param>
/// <param name="Gram">L Lᵀ: one row of 9</param>
/// <param name="Means">μ_ij: [atoms, atoms]</param>
/// <param name="Scales">r_ij: [atoms, atoms]</param>
/// <param name="WaveCount">F</param>
internal readonly record struct CrystalKernel(Rows Waves, Rows Gram, Rows Means, Rows Scales, int WaveCount)
{
    private int Atoms => Waves.Count;

    /// <summary>products[i, j] = x_i · y_j + r_ij (u_i turned · Φ_j + u_i's Gram part · g - μ_ij u_i's mean part)</summary>
    /// <param name="left">x: [atoms, length]</param>
    /// <param name="right">y: [atoms, length]</param>
    /// <param name="length">Of a head.</param>
    /// <param name="amplitudes">u: [atoms, columns]; its waves are turned in place.</param>
    /// <param name="products">[atoms, atoms]</param>
    /// <param name="scratch">[atoms, atoms]</param>
    public void Multiply(Rows left, Rows right, int length, Rows amplitudes, Rows products, Rows scratch)
    {
        WaveTurn.Forward(amplitudes, Waves, WaveCount);
        RowProducts.Dot(amplitudes, Waves, 2 * WaveCount, scratch);
        RowProducts.Dot(left, right, length, products);
        for (int i = 0; i < Atoms; i++)
        {
            ref float rest = ref Unsafe.Add(ref amplitudes[i], 2 * WaveCount);
            float gramShare = Dot(ref rest, ref Gram[0]);
            float meanShare = Unsafe.Add(ref rest, EdgeGeometry.GramSize);
            ref float scale = ref Scales[i];
            ref float mean = ref Means[i];
            ref float edge = ref scratch[i];
            ref float product = ref products[i];
            for (int j = 0; j < Atoms; j++)
            {
                Unsafe.Add(ref product, j) +=
                    Unsafe.Add(ref scale, j)
                    * (Unsafe.Add(ref edge, j) + gramShare - (Unsafe.Add(ref mean, j) * meanShare));
            }
        }
    }

    /// <summary>sums[i] = Σ_j w_ij x_ij, the edges' features: [atoms, columns]</summary>
    /// <param name="weights">w: [atoms, atoms]</param>
    /// <param name="scratch">[atoms, atoms]</param>
    /// <param name="sums">[atoms, columns]</param>
    public void SumEdges(Rows weights, Rows scratch, Rows sums)
    {
        for (int i = 0; i < Atoms; i++)
        {
            float sum = 0;
            float meanSum = 0;
            for (int j = 0; j < Atoms; j++)
            {
                float scaled = Unsafe.Add(ref weights[i], j) * Unsafe.Add(ref Scales[i], j);
                Unsafe.Add(ref scratch[i], j) = scaled;
                sum += scaled;
                meanSum += scaled * Unsafe.Add(ref Means[i], j);
            }

            int columns = sums.Stride - (2 * WaveCount);
            Span<float> rest = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref sums[i], 2 * WaveCount), columns);
            for (int at = 0; at < EdgeGeometry.GramSize; at++)
            {
                rest[at] = sum * Unsafe.Add(ref Gram[0], at);
            }

            rest[EdgeGeometry.GramSize] = -meanSum;
            rest[(EdgeGeometry.GramSize + 1)..].Clear();
        }

        RowProducts.Gather(scratch, 1, Waves, 2 * WaveCount, sums);
        WaveTurn.Back(sums, Waves, WaveCount);
    }

    /// <summary>Each row's softmax, in place.</summary>
    public static void Softmax(Rows logits)
    {
        for (int row = 0; row < logits.Count; row++)
        {
            Span<float> numbers = MemoryMarshal.CreateSpan(ref logits[row], logits.Count);
            float largest = float.NegativeInfinity;
            foreach (float number in numbers)
            {
                largest = MathF.Max(largest, number);
            }

            float sum = ExponentialsOf(numbers, largest);
            float inverse = 1 / sum;
            foreach (ref float number in numbers)
            {
                number *= inverse;
            }
        }
    }

    /// <summary>The gradients of logits from those of their softmax, in place: p_ij (d_ij - Σ_k p_ik d_ik).</summary>
    public static void SoftmaxGradient(Rows shares, Rows gradients)
    {
        for (int i = 0; i < shares.Count; i++)
        {
            ReadOnlySpan<float> share = MemoryMarshal.CreateReadOnlySpan(ref shares[i], shares.Count);
            Span<float> gradient = MemoryMarshal.CreateSpan(ref gradients[i], shares.Count);
            float sum = 0;
            for (int j = 0; j < share.Length; j++)
            {
                sum += share[j] * gradient[j];
            }

            for (int j = 0; j < share.Length; j++)
            {
                gradient[j] = share[j] * (gradient[j] - sum);
            }
        }
    }

    private static float ExponentialsOf(Span<float> numbers, float largest)
    {
        ref float first = ref MemoryMarshal.GetReference(numbers);
        int whole = numbers.Length - (numbers.Length % Vector<float>.Count);
        Vector<float> shift = new(largest);
        Vector<float> sums = default;
        for (int at = 0; at < whole; at += Vector<float>.Count)
        {
            Vector<float> exponentials = Vector.Exp(Vector.LoadUnsafe(ref first, (nuint)at) - shift);
            exponentials.StoreUnsafe(ref first, (nuint)at);
            sums += exponentials;
        }

        float sum = Vector.Sum(sums);
        for (int at = whole; at < numbers.Length; at++)
        {
            numbers[at] = MathF.Exp(numbers[at] - largest);
            sum += numbers[at];
        }

        return sum;
    }

    private static float Dot(ref float left, ref float right)
    {
        float sum = 0;
        for (int at = 0; at < EdgeGeometry.GramSize; at++)
        {
            sum += Unsafe.Add(ref left, at) * Unsafe.Add(ref right, at);
        }

        return sum;
    }
}
