using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Matching;

/// <summary>Lays the atoms of one crystal onto those of another and keeps the closest fit.</summary>
/// <remarks>Both crystals have the same atoms, scaled to one volume. Sites are counted in <see cref="PreparedStructure.SiteOrder"/>.</remarks>
internal sealed class SiteAlignment
{
    /// <summary>A fit that cannot be told from a perfect one: no better one is looked for.</summary>
    private const double PerfectRms = 1e-5;

    private readonly PreparedStructure first;
    private readonly PreparedStructure second;
    private readonly LatticeParameters secondParameters;
    private readonly Lattice firstLattice;
    private readonly double stol;
    private readonly Cartesian[] firstSites;
    private readonly Fractional[] firstMapped;
    private readonly Fractional[] firstReduced;
    private readonly Fractional[] secondReduced;
    private readonly SiteAssignment assignment;
    private double bestRms;

    /// <param name="first">The crystal whose lattice vectors each mapping chooses anew.</param>
    /// <param name="firstLattice">Its lattice at the common volume.</param>
    /// <param name="second">The crystal that is laid onto the first.</param>
    /// <param name="secondParameters">Its lengths and angles at the common volume.</param>
    /// <param name="stol">See <see cref="MatcherOptions.Stol"/>.</param>
    public SiteAlignment(
        PreparedStructure first,
        Lattice firstLattice,
        PreparedStructure second,
        LatticeParameters secondParameters,
        double stol
    )
    {
        (this.first, this.firstLattice) = (first, firstLattice);
        (this.second, this.secondParameters) = (second, secondParameters);
        this.stol = stol;
        int atomCount = first.Positions.Length;
        firstSites = Array.ConvertAll(first.Positions, firstLattice.ToCartesian);
        firstMapped = new Fractional[atomCount];
        firstReduced = new Fractional[atomCount];
        secondReduced = new Fractional[atomCount];
        assignment = new(first.GroupSizes);
        bestRms = stol;
    }

    /// <summary>The closest fit so far; null while none is within the tolerance.</summary>
    public StructureMatch? Best { get; private set; }

    public bool IsPerfect => bestRms < PerfectRms;

    /// <exception cref="OperationCanceledException">The limit was reached within a pairing; the fits so far are kept.</exception>
    /// <summary>Tries all translations that lay the reference atom of the second crystal onto an atom of the first.</summary>
    public void Try(in LatticeMapping mapping, CancellationToken limit)
    {
        Lattice average = AverageCell.Between(mapping.Parameters, secondParameters);
        double atomLength = Math.Cbrt(average.Volume / firstSites.Length);
        Fractional tolerance = AverageCell.Tolerance(average, atomLength, stol);
        Lattice mapped = firstLattice.Transform(mapping.Transform);
        for (int site = 0; site < firstSites.Length; site++)
        {
            firstMapped[site] = mapped.ToFractional(firstSites[site]);
        }

        AverageCell? cell = null;
        int end = second.ReferenceGroupStart + first.GroupSizes[0];
        for (int site = end - first.GroupSizes[0]; site < end && !IsPerfect && !limit.IsCancellationRequested; site++)
        {
            Fractional translation = firstMapped[site] - second.Positions[second.ReferenceSite];
            if (AllSitesAreNear(translation, tolerance))
            {
                cell ??= MeasureIn(average);
                TryTranslation(cell, cell.Reduce(translation), mapping.Transform, limit);
            }
        }
    }

    /// <summary>A quick look whether each site of the second crystal has any site of its element near it.</summary>
    private bool AllSitesAreNear(Fractional translation, Fractional tolerance)
    {
        int start = 0;
        foreach (int size in first.GroupSizes)
        {
            ReadOnlySpan<Fractional> group = firstMapped.AsSpan(start, size);
            foreach (Fractional position in second.Positions.AsSpan(start, size))
            {
                if (!HasNear(group, position + translation, tolerance))
                {
                    return false;
                }
            }

            start += size;
        }

        return true;
    }

    private static bool HasNear(ReadOnlySpan<Fractional> sites, Fractional position, Fractional tolerance)
    {
        foreach (Fractional site in sites)
        {
            Fractional difference = (position - site).WrapToNearest();
            if (
                Math.Abs(difference.X) <= tolerance.X
                && Math.Abs(difference.Y) <= tolerance.Y
                && Math.Abs(difference.Z) <= tolerance.Z
            )
            {
                return true;
            }
        }

        return false;
    }

    private AverageCell MeasureIn(Lattice average)
    {
        AverageCell cell = new(average, firstSites.Length, stol);
        for (int site = 0; site < firstSites.Length; site++)
        {
            firstReduced[site] = cell.Reduce(firstMapped[site]);
        }

        return cell;
    }

    private void TryTranslation(
        AverageCell cell,
        Fractional translation,
        IntegerMatrix3 transform,
        CancellationToken limit
    )
    {
        for (int site = 0; site < secondReduced.Length; site++)
        {
            secondReduced[site] = cell.Reduce(second.Positions[site]) + translation;
        }

        if (!assignment.TryAssign(cell, firstReduced, secondReduced, bestRms * cell.AtomLength, limit))
        {
            return;
        }

        bestRms = assignment.Rms / cell.AtomLength;
        int[] mapping = new int[secondReduced.Length];
        for (int site = 0; site < mapping.Length; site++)
        {
            mapping[second.SiteOrder[site]] = first.SiteOrder[assignment.Partners[site]];
        }

        Best = new(bestRms, assignment.LargestDistance / cell.AtomLength, transform, [.. mapping]);
    }
}
