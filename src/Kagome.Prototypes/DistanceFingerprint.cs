using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Prototypes;

/// <summary>How far atoms of each two slots are from each other, as histograms: crystals of one structure type have similar ones.</summary>
/// <remarks>
/// Distances count in units of the mean space of an atom, (V/N)^(1/3), so that size drops out. The fingerprint only says which types to compare
/// a crystal with first; the matcher decides.
/// </remarks>
internal sealed class DistanceFingerprint
{
    private const double Reach = 2.2;
    private const int Bins = 11;
    private const int LargestImage = 12;

    private readonly int slots;
    private readonly float[] histograms;

    private DistanceFingerprint(int slots, float[] histograms) => (this.slots, this.histograms) = (slots, histograms);

    /// <param name="reduced">A cell whose vectors are short.</param>
    /// <param name="slotOf">The slot of each site.</param>
    /// <param name="slotCount">How many slots there are.</param>
    public static DistanceFingerprint Of(Structure reduced, ImmutableArray<int> slotOf, int slotCount)
    {
        Lattice lattice = reduced.Lattice.ScaleToVolume(reduced.AtomCount);
        Lattice reciprocal = lattice.Reciprocal;
        (int a, int b, int c) = (Images(reciprocal.A.Length), Images(reciprocal.B.Length), Images(reciprocal.C.Length));
        float[] counts = new float[slotCount * slotCount * Bins];
        Fractional[] positions = [.. reduced.Sites.Select(site => site.Position)];
        for (int first = 0; first < positions.Length; first++)
        {
            for (int second = 0; second < positions.Length; second++)
            {
                Span<float> histogram = counts.AsSpan(((slotOf[first] * slotCount) + slotOf[second]) * Bins, Bins);
                Fractional difference = (positions[second] - positions[first]).WrapToNearest();
                for (int x = -a; x <= a; x++)
                {
                    for (int y = -b; y <= b; y++)
                    {
                        for (int z = -c; z <= c; z++)
                        {
                            Add(
                                histogram,
                                lattice.ToCartesian(difference + new Fractional(x, y, z)).Length,
                                1f / positions.Length
                            );
                        }
                    }
                }
            }
        }

        return new DistanceFingerprint(slotCount, counts);
    }

    /// <summary>The sum of absolute differences, where the other's elements sit in these of its slots.</summary>
    public double Distance(DistanceFingerprint other, ImmutableArray<int> order)
    {
        double sum = 0;
        for (int first = 0; first < slots; first++)
        {
            for (int second = 0; second < slots; second++)
            {
                ReadOnlySpan<float> own = histograms.AsSpan(((first * slots) + second) * Bins, Bins);
                ReadOnlySpan<float> others = other.histograms.AsSpan(
                    ((order[first] * slots) + order[second]) * Bins,
                    Bins
                );
                float carried = 0;
                for (int bin = 0; bin < Bins; bin++)
                {
                    carried += own[bin] - others[bin]; // what has to be moved to the next bin: shifted peaks stay near
                    sum += Math.Abs(carried);
                }
            }
        }

        return sum;
    }

    private static int Images(double reciprocalLength) =>
        (int)Math.Min(LargestImage, Math.Ceiling((Reach * reciprocalLength) + 0.5));

    private static void Add(Span<float> histogram, double distance, float weight)
    {
        if (distance is > 1e-6 and < Reach)
        {
            histogram[(int)(distance / Reach * Bins)] += weight;
        }
    }
}
