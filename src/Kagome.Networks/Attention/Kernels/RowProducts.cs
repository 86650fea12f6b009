using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kagome.Networks.Attention;

/// <summary>Products of small matrices that lie in a core's cache: among the atoms of one crystal.</summary>
/// <remarks>
/// Tiles of 4 x 3 sums fill the 16 vector registers of AVX2. Edges of a matrix are covered by tiles that overlap the ones before, which
/// write the same numbers again. bench/Kagome.Benchmarks/Attention measures them against what libtorch offers.
/// </remarks>
internal static class RowProducts
{
    private const int TileRows = 4;
    private const int TileColumns = 3;

    private static int Width => Vector<float>.Count;

    /// <summary>result[i, j] = Σ_k left[i, k] right[j, k] over the first <paramref name="length"/> columns.</summary>
    public static void Dot(Rows left, Rows right, int length, Rows result)
    {
        if (left.Count < TileRows || right.Count < TileColumns)
        {
            DotOneByOne(left, right, length, result);
            return;
        }

        for (int row = 0; row < left.Count; row += TileRows)
        {
            int top = Math.Min(row, left.Count - TileRows);
            for (int column = 0; column < right.Count; column += TileColumns)
            {
                int start = Math.Min(column, right.Count - TileColumns);
                DotTile(
                    left.Part(top, TileRows),
                    right.Part(start, TileColumns),
                    length,
                    result.Part(top, TileRows, start)
                );
            }
        }
    }

    /// <summary>result[i, f] = Σ_j weights[i, j] rows[j, f] over the first <paramref name="length"/> columns f.</summary>
    /// <param name="weights">The weight of row j for result i lies j · <paramref name="step"/> behind the start of its row i.</param>
    /// <param name="step">1; or, with rows of stride 1, the width of a matrix whose transpose is meant.</param>
    /// <param name="rows">What is summed.</param>
    /// <param name="length">Columns to sum.</param>
    /// <param name="result">As many rows as <paramref name="weights"/>.</param>
    public static void Gather(Rows weights, int step, Rows rows, int length, Rows result)
    {
        if (weights.Count < TileRows)
        {
            for (int row = 0; row < weights.Count; row++)
            {
                GatherRow(ref weights[row], step, rows, 0, length, ref result[row]);
            }

            return;
        }

        int tiled = length - (length % (TileColumns * Width));
        for (int row = 0; row < weights.Count; row += TileRows)
        {
            int top = Math.Min(row, weights.Count - TileRows);
            Rows tileWeights = weights.Part(top, TileRows);
            for (int column = 0; column < tiled; column += TileColumns * Width)
            {
                GatherTile(tileWeights, step, rows, column, result.Part(top, TileRows));
            }

            for (int at = top; tiled < length && at < top + TileRows; at++)
            {
                GatherRow(ref weights[at], step, rows, tiled, length, ref result[at]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotTile(Rows left, Rows right, int length, Rows result)
    {
        ref float a = ref left[0];
        ref float b = ref right[0];
        nuint aStep = (nuint)left.Stride;
        nuint bStep = (nuint)right.Stride;
        Vector<float> c00 = default,
            c01 = default,
            c02 = default,
            c10 = default,
            c11 = default,
            c12 = default,
            c20 = default,
            c21 = default,
            c22 = default,
            c30 = default,
            c31 = default,
            c32 = default;
        nuint whole = (nuint)(length - (length % Width));
        for (nuint k = 0; k < whole; k += (nuint)Width)
        {
            Vector<float> b0 = Vector.LoadUnsafe(ref b, k);
            Vector<float> b1 = Vector.LoadUnsafe(ref b, bStep + k);
            Vector<float> b2 = Vector.LoadUnsafe(ref b, (2 * bStep) + k);
            Vector<float> row = Vector.LoadUnsafe(ref a, k);
            c00 = Vector.FusedMultiplyAdd(row, b0, c00);
            c01 = Vector.FusedMultiplyAdd(row, b1, c01);
            c02 = Vector.FusedMultiplyAdd(row, b2, c02);
            row = Vector.LoadUnsafe(ref a, aStep + k);
            c10 = Vector.FusedMultiplyAdd(row, b0, c10);
            c11 = Vector.FusedMultiplyAdd(row, b1, c11);
            c12 = Vector.FusedMultiplyAdd(row, b2, c12);
            row = Vector.LoadUnsafe(ref a, (2 * aStep) + k);
            c20 = Vector.FusedMultiplyAdd(row, b0, c20);
            c21 = Vector.FusedMultiplyAdd(row, b1, c21);
            c22 = Vector.FusedMultiplyAdd(row, b2, c22);
            row = Vector.LoadUnsafe(ref a, (3 * aStep) + k);
            c30 = Vector.FusedMultiplyAdd(row, b0, c30);
            c31 = Vector.FusedMultiplyAdd(row, b1, c31);
            c32 = Vector.FusedMultiplyAdd(row, b2, c32);
        }

        Store(ref result[0], c00, c01, c02);
        Store(ref result[1], c10, c11, c12);
        Store(ref result[2], c20, c21, c22);
        Store(ref result[3], c30, c31, c32);
        if (whole < (nuint)length)
        {
            AddTail(left, right, (int)whole, length, result);
        }
    }

    private static void Store(ref float result, Vector<float> first, Vector<float> second, Vector<float> third)
    {
        result = Vector.Sum(first);
        Unsafe.Add(ref result, 1) = Vector.Sum(second);
        Unsafe.Add(ref result, 2) = Vector.Sum(third);
    }

    /// <summary>The columns behind the last whole vector.</summary>
    private static void AddTail(Rows left, Rows right, int from, int to, Rows result)
    {
        for (int i = 0; i < left.Count; i++)
        {
            for (int j = 0; j < right.Count; j++)
            {
                float sum = 0;
                for (int k = from; k < to; k++)
                {
                    sum += Unsafe.Add(ref left[i], k) * Unsafe.Add(ref right[j], k);
                }

                Unsafe.Add(ref result[i], j) += sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotOneByOne(Rows left, Rows right, int length, Rows result)
    {
        nuint whole = (nuint)(length - (length % Width));
        for (int i = 0; i < left.Count; i++)
        {
            for (int j = 0; j < right.Count; j++)
            {
                Vector<float> sum = default;
                for (nuint k = 0; k < whole; k += (nuint)Width)
                {
                    sum = Vector.FusedMultiplyAdd(
                        Vector.LoadUnsafe(ref left[i], k),
                        Vector.LoadUnsafe(ref right[j], k),
                        sum
                    );
                }

                Unsafe.Add(ref result[i], j) = Vector.Sum(sum);
            }
        }

        AddTail(left, right, (int)whole, length, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherTile(Rows weights, int step, Rows rows, int column, Rows result)
    {
        ref float w = ref weights[0];
        nint wStep = weights.Stride;
        Vector<float> c00 = default,
            c01 = default,
            c02 = default,
            c10 = default,
            c11 = default,
            c12 = default,
            c20 = default,
            c21 = default,
            c22 = default,
            c30 = default,
            c31 = default,
            c32 = default;
        nuint at = (nuint)column;
        nuint width = (nuint)Width;
        for (int j = 0; j < rows.Count; j++)
        {
            ref float row = ref rows[j];
            Vector<float> b0 = Vector.LoadUnsafe(ref row, at);
            Vector<float> b1 = Vector.LoadUnsafe(ref row, at + width);
            Vector<float> b2 = Vector.LoadUnsafe(ref row, at + (2 * width));
            Vector<float> weight = new(w);
            c00 = Vector.FusedMultiplyAdd(weight, b0, c00);
            c01 = Vector.FusedMultiplyAdd(weight, b1, c01);
            c02 = Vector.FusedMultiplyAdd(weight, b2, c02);
            weight = new(Unsafe.Add(ref w, wStep));
            c10 = Vector.FusedMultiplyAdd(weight, b0, c10);
            c11 = Vector.FusedMultiplyAdd(weight, b1, c11);
            c12 = Vector.FusedMultiplyAdd(weight, b2, c12);
            weight = new(Unsafe.Add(ref w, 2 * wStep));
            c20 = Vector.FusedMultiplyAdd(weight, b0, c20);
            c21 = Vector.FusedMultiplyAdd(weight, b1, c21);
            c22 = Vector.FusedMultiplyAdd(weight, b2, c22);
            weight = new(Unsafe.Add(ref w, 3 * wStep));
            c30 = Vector.FusedMultiplyAdd(weight, b0, c30);
            c31 = Vector.FusedMultiplyAdd(weight, b1, c31);
            c32 = Vector.FusedMultiplyAdd(weight, b2, c32);
            w = ref Unsafe.Add(ref w, step);
        }

        StoreRow(ref result[0], at, c00, c01, c02);
        StoreRow(ref result[1], at, c10, c11, c12);
        StoreRow(ref result[2], at, c20, c21, c22);
        StoreRow(ref result[3], at, c30, c31, c32);
    }

    private static void StoreRow(
        ref float row,
        nuint at,
        Vector<float> first,
        Vector<float> second,
        Vector<float> third
    )
    {
        first.StoreUnsafe(ref row, at);
        second.StoreUnsafe(ref row, at + (nuint)Width);
        third.StoreUnsafe(ref row, at + (2 * (nuint)Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherRow(ref float weights, int step, Rows rows, int from, int to, ref float result)
    {
        int whole = to - ((to - from) % Width);
        for (int column = from; column < whole; column += Width)
        {
            Vector<float> sum = default;
            for (int j = 0; j < rows.Count; j++)
            {
                Vector<float> row = Vector.LoadUnsafe(ref rows[j], (nuint)column);
                sum = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref weights, j * step)), row, sum);
            }

            sum.StoreUnsafe(ref result, (nuint)column);
        }

        for (int column = whole; column < to; column++)
        {
            float sum = 0;
            for (int j = 0; j < rows.Count; j++)
            {
                sum += Unsafe.Add(ref weights, j * step) * Unsafe.Add(ref rows[j], column);
            }

            Unsafe.Add(ref result, column) = sum;
        }
    }
}
