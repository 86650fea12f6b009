using System.Diagnostics;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Matching;

public sealed class StructureMatcherTests
{
    private const double ExactRms = 1e-5;
    private static readonly StructureMatcher Matcher = new(MatcherOptions.Default);
    private static readonly Element Titanium = Element.FromSymbol("Ti");
    private static readonly Element Oxygen = Element.FromSymbol("O");

    // rutile: R. J. Swope, J. R. Smyth, A. C. Larson, Am. Mineral. 80 (1995) 448-453
    private static readonly Structure Rutile = new(
        Lattice.FromParameters(new(4.594, 4.594, 2.959, 90, 90, 90)),
        [
            new(Titanium, new(0, 0, 0)),
            new(Titanium, new(0.5, 0.5, 0.5)),
            new(Oxygen, new(0.305, 0.305, 0)),
            new(Oxygen, new(0.695, 0.695, 0)),
            new(Oxygen, new(0.195, 0.805, 0.5)),
            new(Oxygen, new(0.805, 0.195, 0.5)),
        ]
    );

    // anatase: M. Horn, C. F. Schwerdtfeger, E. P. Meagher, Z. Kristallogr. 136 (1972) 273-281
    private static readonly Structure Anatase = new(
        Lattice.FromParameters(new(3.785, 3.785, 9.514, 90, 90, 90)),
        [
            new(Titanium, new(0, 0, 0)),
            new(Titanium, new(0, 0.5, 0.25)),
            new(Titanium, new(0.5, 0.5, 0.5)),
            new(Titanium, new(0.5, 0, 0.75)),
            new(Oxygen, new(0, 0, 0.208)),
            new(Oxygen, new(0, 0, 0.792)),
            new(Oxygen, new(0, 0.5, 0.458)),
            new(Oxygen, new(0, 0.5, 0.042)),
            new(Oxygen, new(0.5, 0.5, 0.708)),
            new(Oxygen, new(0.5, 0.5, 0.292)),
            new(Oxygen, new(0.5, 0, 0.958)),
            new(Oxygen, new(0.5, 0, 0.542)),
        ]
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0, 0, 0, 1, 0, 0, 0, 1)]
    [InlineData(0, 1, 0, 1, 0, 0, 0, 0, 1)]
    [InlineData(1, 2, 0, 0, 1, -3, 0, 0, 1)]
    [InlineData(2, 0, 0, 0, 1, 0, 0, 1, 1)]
    [InlineData(1, 1, 0, -1, 1, 0, 0, 0, -2)]
    public void Match_any_description_is_exact(int a1, int a2, int a3, int b1, int b2, int b3, int c1, int c2, int c3)
    {
        Structure other = Shift(Supercell.Of(Rutile, new(a1, a2, a3, b1, b2, b3, c1, c2, c3)), new(0.3, -1.2, 0.71));
        Assert.InRange(Matcher.Match(Rutile, other, Token)!.Rms, 0, ExactRms);
        Assert.InRange(Matcher.Match(other, Rutile, Token)!.Rms, 0, ExactRms);
    }

    [Fact]
    public void Match_mirror_image_and_other_size_is_exact()
    {
        Structure mirrored = new(
            Rutile.Lattice.ScaleToVolume(2 * Rutile.Lattice.Volume),
            Rutile.Sites.Select(site => site with { Position = default(Fractional) - site.Position })
        );
        Assert.InRange(Matcher.Match(Rutile, mirrored, Token)!.Rms, 0, ExactRms);
    }

    [Fact]
    public void Match_site_mapping_pairs_sites_of_one_element()
    {
        Structure reversed = new(Rutile.Lattice, Rutile.Sites.Reverse());
        PreparedStructure first = PreparedStructure.Of(Rutile, Token);
        PreparedStructure second = PreparedStructure.Of(reversed, Token);
        StructureMatch match = Matcher.Compare(first, second, Token).Match!;
        Assert.Equal(Enumerable.Range(0, 6), match.SiteMapping.Order());
        Assert.Equal(
            second.Reduced.Sites.Select(site => site.Element),
            match.SiteMapping.Select(index => first.Reduced.Sites[index].Element)
        );
    }

    [Fact]
    public void Match_known_displacement_has_its_rms()
    {
        // one atom of 6 moved by d: the mean moves by d/6, so the sum of squares is d² · 5/6 and the RMS d · √5/6
        const double displacement = 0.1;
        Site[] sites = [.. Rutile.Sites];
        sites[0] = sites[0] with { Position = new(0, 0, displacement / 2.959) };
        double atomLength = Math.Cbrt(Rutile.VolumePerAtom);
        StructureMatch match = Matcher.Match(Rutile, new(Rutile.Lattice, sites), Token)!;
        Assert.Equal(displacement * Math.Sqrt(5) / 6 / atomLength, match.Rms, ExactRms);
        Assert.Equal(displacement * 5 / 6 / atomLength, match.LargestDistance, ExactRms);
    }

    [Fact]
    public void Compare_other_formula_says_so() =>
        Assert.Equal(
            MatchVerdict.CompositionDiffers,
            Matcher.Compare(Rutile, new(Rutile.Lattice, Rutile.Sites.Skip(1)), Token).Verdict
        );

    [Fact]
    public void Compare_polymorph_with_a_primitive_cell_of_the_same_size_has_no_lattice_mapping() =>
        Assert.Equal(MatchVerdict.NoLatticeMapping, Matcher.Compare(Rutile, Anatase, Token).Verdict);

    [Fact]
    public void Compare_other_number_of_atoms_in_the_primitive_cell_says_so()
    {
        Structure doubled = Supercell.Of(Rutile, 1, 1, 2);
        Site[] sites = [.. doubled.Sites];
        sites[0] = sites[0] with { Position = sites[0].Position + new Fractional(0, 0, 0.1) };
        Assert.Equal(
            MatchVerdict.PrimitiveCellDiffers,
            Matcher.Compare(Rutile, new(doubled.Lattice, sites), Token).Verdict
        );
    }

    [Fact]
    public void Compare_same_lattice_with_other_sites_has_no_site_mapping()
    {
        Structure Oxide(double x) =>
            new(Lattice.Cubic(4), [new(Titanium, default), new(Oxygen, new(x, 0, 0)), new(Oxygen, new(0, x, 0))]);
        Structure other = new(
            Lattice.Cubic(4),
            [new(Titanium, default), new(Oxygen, new(0.5, 0.5, 0.5)), new(Oxygen, new(0.5, 0.5, 0))]
        );
        Assert.Equal(MatchVerdict.NoSiteMapping, Matcher.Compare(Oxide(0.1), other, Token).Verdict);
    }

    [Fact]
    public void Compare_single_atoms_match_by_lattice_alone()
    {
        Structure Metal(double c) => new(Lattice.FromParameters(new(3, 3, c, 90, 90, 90)), [new(Titanium, default)]);
        Assert.Equal(MatchVerdict.Match, Matcher.Compare(Metal(3), Metal(3.3), Token).Verdict);
        Assert.Equal(MatchVerdict.NoLatticeMapping, Matcher.Compare(Metal(3), Metal(9), Token).Verdict);
    }

    [Fact]
    public void Compare_coincident_atoms_gets_a_verdict()
    {
        Structure heap = new(Lattice.Cubic(4), Enumerable.Repeat(new Site(Titanium, default), 60));
        Assert.Equal(MatchVerdict.Match, Matcher.Compare(heap, heap, Token).Verdict);
    }

    [Fact]
    public void Compare_flat_cell_gets_a_verdict()
    {
        Structure flat = new(new(new(4, 0, 0), new(0, 4, 0), new(0.3, 0.2, 1e-9)), Rutile.Sites);
        Assert.NotEqual(MatchVerdict.Match, Matcher.Compare(Rutile, flat, Token).Verdict);
    }

    [Theory]
    [InlineData(1e-3, 1, 1e4)]
    [InlineData(1e-3, 1e-3, 1e4)]
    public void Compare_needles_exceeds_the_limit_at_once(double a, double b, double c)
    {
        Structure needle = new(Lattice.FromParameters(new(a, b, c, 90, 90, 90)), Rutile.Sites);
        Assert.Equal(MatchVerdict.LimitExceeded, Matcher.Compare(needle, needle, Token).Verdict);
    }

    [Fact]
    public void Compare_cell_beyond_double_precision_is_not_reducible()
    {
        Structure needle = new(new(new(1e-100, 0, 0), new(1, 1e-100, 0), new(1, 1, 1e200)), Rutile.Sites);
        Assert.Equal(MatchVerdict.CellNotReducible, Matcher.Compare(Rutile, needle, Token).Verdict);
    }

    [Fact]
    public void Compare_thousand_random_atoms_ends_within_the_limit()
    {
        Random random = new(1);
        Structure Gas() =>
            new(
                Lattice.Cubic(25),
                Enumerable
                    .Range(0, 1000)
                    .Select(_ => new Site(Oxygen, new(random.NextDouble(), random.NextDouble(), random.NextDouble())))
            );
        StructureMatcher hasty = new(MatcherOptions.Csp with { TimeLimit = TimeSpan.FromMilliseconds(300) });
        long start = Stopwatch.GetTimestamp();
        MatchVerdict verdict = hasty.Compare(Gas(), Gas(), Token).Verdict;
        Assert.Contains(verdict, new[] { MatchVerdict.LimitExceeded, MatchVerdict.NoSiteMapping }); // by how fast it is
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(15)); // of a busy machine
    }

    [Fact]
    public void Compare_no_time_at_all_exceeds_the_limit() =>
        Assert.Equal(
            MatchVerdict.LimitExceeded,
            new StructureMatcher(MatcherOptions.Csp with { TimeLimit = TimeSpan.Zero })
                .Compare(Rutile, Supercell.Of(Rutile, 2, 2, 2), Token)
                .Verdict
        );

    [Fact]
    public void Compare_cancelled_throws()
    {
        CancellationToken cancelled = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() =>
            Matcher.Compare(Rutile, Supercell.Of(Rutile, 1, 1, 2), cancelled)
        );
        PreparedStructure prepared = PreparedStructure.Of(Rutile, Token);
        Assert.Throws<OperationCanceledException>(() => Matcher.Compare(prepared, prepared, cancelled));
    }

    [Fact]
    public void Compare_without_options_takes_the_default_tolerances()
    {
        StructureMatcher matcher = new();
        Assert.Equal(MatcherOptions.Default, matcher.Options);
        MatchResult result = matcher.Compare(Rutile, Shift(Rutile, new(0.1, 0.2, 0.3)), Token);
        Assert.True(result.IsMatch);
        Assert.Equal(0, result.Rms!.Value, 1e-6);
    }

    [Fact]
    public void Compare_left_handed_cell_is_the_same_crystal()
    {
        Structure left = Supercell.Of(Rutile, IntegerMatrix3.Diagonal(1, 1, -1));
        Assert.True(left.Lattice.Determinant < 0);
        Assert.True(Matcher.Compare(left, Rutile, Token).IsMatch);
    }

    [Fact]
    public void CompareEach_gives_verdicts_in_order_also_on_other_compositions_and_coincident_atoms()
    {
        Site sodium = new(Element.FromSymbol("Na"), default);
        Structure one = new(Lattice.Cubic(4), [sodium]);
        Structure heap = new(Lattice.Cubic(4), Enumerable.Repeat(sodium, 20));
        Assert.Equal(
            [MatchVerdict.Match, MatchVerdict.CompositionDiffers],
            Matcher.CompareEach([one, Rutile], one, Token).Select(result => result.Verdict)
        );
        Assert.Equal([false, true], Matcher.CompareEach([one, heap], heap, Token).Select(result => result.IsMatch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Options_tolerance_that_is_not_positive_is_named(double value) =>
        Assert.Contains(
            "Stol",
            Assert.Throws<OptionException>(() => new StructureMatcher(new MatcherOptions { Stol = value })).Message,
            StringComparison.Ordinal
        );

    private static Structure Shift(Structure structure, Fractional shift) =>
        new(structure.Lattice, structure.Sites.Select(site => site with { Position = site.Position + shift }));
}
