using System.Collections.Immutable;
using Kagome.Crystals.Elements;
using MathNet.Numerics.LinearAlgebra;

namespace Kagome.Prototypes;

/// <summary>How much space the atoms of each element take, in Å³: what a template's cell is scaled by when others take their places.</summary>
/// <remarks>Fitted to a library's cells: a cell is the sum of its atoms' volumes, each cell weighing as much as any other.</remarks>
internal static class AtomicVolumes
{
    /// <summary>Pulls elements of few crystals to the mean volume.</summary>
    private const double Ridge = 1e-3;

    private const double MeanVolume = 16;
    private const double SmallestVolume = 2;
    private const double LargestFactor = 2;

    /// <summary>The volumes by atomic number; 0 for elements that no crystal has.</summary>
    public static IReadOnlyList<double> Fit(IEnumerable<KnownCrystal> crystals)
    {
        int size = Element.LargestAtomicNumber + 1;
        Matrix<double> normal = Matrix<double>.Build.Dense(size, size);
        Vector<double> right = Vector<double>.Build.Dense(size);
        bool[] isSeen = new bool[size];
        foreach (KnownCrystal crystal in crystals)
        {
            // relative errors count, so that large cells are not all that matters
            double weight = 1 / (crystal.VolumePerAtom * crystal.VolumePerAtom);
            double[] shares = [.. crystal.Formula.Counts.Select(count => (double)count / crystal.Formula.AtomCount)];
            for (int first = 0; first < shares.Length; first++)
            {
                int row = crystal.Elements[first].AtomicNumber;
                isSeen[row] = true;
                right[row] += weight * shares[first] * (crystal.VolumePerAtom - MeanVolume);
                for (int second = 0; second < shares.Length; second++)
                {
                    normal[row, crystal.Elements[second].AtomicNumber] += weight * shares[first] * shares[second];
                }
            }
        }

        for (int at = 0; at < size; at++)
        {
            normal[at, at] += Ridge;
        }

        Vector<double> fitted = normal.Solve(right);
        return
        [
            .. Enumerable
                .Range(0, size)
                .Select(number => isSeen[number] ? Math.Max(fitted[number] + MeanVolume, SmallestVolume) : 0),
        ];
    }

    /// <summary>By what a template's volume is multiplied when its elements are replaced; 1 where an element is unknown.</summary>
    public static double Scale(IReadOnlyList<double> volumes, KnownCrystal template, ImmutableArray<Element> elements)
    {
        double before = Sum(template.Elements);
        double after = Sum(elements);
        return before > 0 && after > 0 ? Math.Clamp(after / before, 1 / LargestFactor, LargestFactor) : 1;

        double Sum(ImmutableArray<Element> all)
        {
            double[] each =
            [
                .. all.Select((element, slot) => volumes[element.AtomicNumber] * template.Formula.Counts[slot]),
            ];
            return each.Min() > 0 ? each.Sum() : 0;
        }
    }
}
