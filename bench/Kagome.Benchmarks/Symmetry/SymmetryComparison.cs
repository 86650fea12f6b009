using System.Diagnostics;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Testing;

namespace Kagome.Benchmarks.Symmetry;

/// <summary>What our search and spglib say of crystals, at one tolerance, one crystal at a time on one core.</summary>
internal sealed class SymmetryComparison(double symprecAngstrom)
{
    private readonly SymmetryFinder finder = new(symprecAngstrom);
    private readonly Stopwatch ours = new();
    private readonly Stopwatch theirs = new();
    private TimeSpan slowest;

    public double SymprecAngstrom => symprecAngstrom;

    public int Crystals { get; private set; }

    /// <summary>Crystals that neither, or only one, says anything about.</summary>
    public int Unanswered { get; private set; }

    public int SameGroup { get; private set; }

    /// <summary>Of those of another group: ours needs less displacement than the tolerance, and spglib finds it once atoms are there.</summary>
    public int OursConfirmed { get; private set; }

    /// <summary>Of those of the same group: every atom has the same Wyckoff letter.</summary>
    public int SameLetters { get; private set; }

    /// <summary>Of those of the same group: the same letters, or the same where ours starts from spglib's cell, whose origin and axes may be others.</summary>
    public int SameLettersInTheirCell { get; private set; }

    /// <summary>Of those of the same group: atoms are the same images of each other.</summary>
    public int SameImages { get; private set; }

    public double PerSecond => Crystals / ours.Elapsed.TotalSeconds;

    public double TheirsPerSecond => Crystals / theirs.Elapsed.TotalSeconds;

    public double SlowestMilliseconds => slowest.TotalMilliseconds;

    /// <summary>Looks at a crystal; returns a line where the two do not agree.</summary>
    public string? Compare(CrystalRecord crystal)
    {
        Crystals++;
        long start = Stopwatch.GetTimestamp();
        ours.Start();
        CrystalSymmetry? own = finder.Find(crystal.Structure);
        ours.Stop();
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        slowest = taken > slowest ? taken : slowest;
        if (finder.Untried(crystal.Structure) is { } untried)
        {
            Unanswered++;
            return $"{crystal.Id}: {untried}";
        }

        theirs.Start();
        SpglibAnswer? other = SpglibSearch.Find(NiggliCell.Of(crystal.Structure), symprecAngstrom);
        theirs.Stop();
        if (own is null || other is null)
        {
            Unanswered++;
            return $"{crystal.Id}: {own?.Group.ToString() ?? "nothing"}, spglib {other?.Group.ToString() ?? "nothing"}";
        }

        if (own.Group != other.Group)
        {
            // far below the tolerance, so that it sees where atoms are and not where they nearly are
            SpglibAnswer? moved = SpglibSearch.Find(NiggliCell.Of(own.Symmetrised), symprecAngstrom / 100);
            OursConfirmed += own.LargestDisplacement < symprecAngstrom && moved?.Group == own.Group ? 1 : 0;
            return $"{crystal.Id}: {own.Group}, moving atoms by {own.LargestDisplacement / symprecAngstrom:F2} symprec; spglib {other.Group}, after that {moved?.Group.ToString() ?? "nothing"}";
        }

        SameGroup++;
        SameImages += Images(own.Sites).SequenceEqual(Images(other.Sites)) ? 1 : 0;
        if (own.Sites.SequenceEqual(other.Sites))
        {
            SameLetters++;
            SameLettersInTheirCell++;
        }
        else if (new SymmetryFinder(Math.Max(symprecAngstrom, 1e-4)).Find(other.ConventionalCell) is { } same)
        {
            SameLettersInTheirCell +=
                Letters(same.Sites, other.ConventionalCell) == Letters(other.Sites, crystal.Structure) ? 1 : 0;
        }

        return null;
    }

    private static IEnumerable<(int, int)> Images(IEnumerable<SiteSymmetry> sites) =>
        sites.Select(site => (site.Multiplicity, site.EquivalentTo));

    private static string Letters(IEnumerable<SiteSymmetry> sites, Structure structure) =>
        string.Join(
            ' ',
            sites
                .Zip(structure.Sites)
                .DistinctBy(pair => pair.First.EquivalentTo)
                .Select(pair => $"{pair.Second.Element}{pair.First.WyckoffPosition}")
                .Order(StringComparer.Ordinal)
        );
}
