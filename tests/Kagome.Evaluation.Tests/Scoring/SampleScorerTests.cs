using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Evaluation.Scoring;

namespace Kagome.Evaluation.Tests.Scoring;

public sealed class SampleScorerTests
{
    private const double Tolerance = 1e-9;

    private static readonly StructureMatcher Matcher = new(MatcherOptions.Csp);

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Score_of_the_reference_itself_is_perfect()
    {
        SampleScore score = Score(TestStructures.RockSalt, TestStructures.RockSalt);
        Assert.Equal(0, score.Rms!.Value, Tolerance);
        Assert.Equal(MatchVerdict.Match, score.Verdict);
        Assert.True(score.PassesFilter);
        Assert.Null(score.Problem);
        Assert.Equal(score.ReferenceVolumePerAtom, score.VolumePerAtom!.Value, Tolerance);
        Assert.Equal(2.163, score.Density!.Value, 0.01); // halite: 2.17 g/cm³
        Assert.Equal(("NaCl", 2, 2), (score.Formula, score.Atoms, score.Elements));
    }

    [Fact]
    public void Score_is_that_of_the_matcher()
    {
        SampleScore score = Score(TestStructures.Simple, TestStructures.Distorted(0.03));
        double expected = Matcher.Match(TestStructures.Distorted(0.03), TestStructures.Simple, TestCancellation)!.Rms;
        Assert.Equal(expected, score.Rms!.Value, Tolerance);
        Assert.True(expected > 0.001);
    }

    [Fact]
    public void Score_of_collapsed_atoms_fails_the_filter_and_says_why()
    {
        SampleScore score = Score(TestStructures.Simple, TestStructures.Collapsed);
        Assert.False(score.IsStructureValid);
        Assert.False(score.PassesFilter);
        Assert.Contains("apart", score.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_of_another_composition_is_no_match_and_its_own_composition_is_judged()
    {
        SampleScore score = Score(TestStructures.Simple, TestStructures.Sodide);
        Assert.Equal(MatchVerdict.CompositionDiffers, score.Verdict);
        Assert.Null(score.Rms);
        Assert.False(score.IsCompositionValid);
        Assert.True(score.IsReferenceValid);
    }

    [Fact]
    public void Missing_is_a_failure_with_its_reason()
    {
        SampleScore score = new SampleScorer(Matcher).Missing(Reference("a", TestStructures.Simple), 2, "none");
        Assert.Equal((2, "none"), (score.Sample, score.Problem));
        Assert.Null(score.Verdict);
        Assert.Null(score.VolumePerAtom);
        Assert.False(score.PassesFilter);
    }

    [Fact]
    public void Score_takes_space_groups_from_the_finder_and_none_of_invalid_structures()
    {
        int? Find(Structure structure) => structure.AtomCount + 100;
        ReferenceCrystal reference = new("a", TestStructures.Simple, Matcher, Find);
        SampleScorer scorer = new(Matcher, Find);
        SampleScore score = scorer.Score(reference, 1, TestStructures.Sodide, TestCancellation);
        Assert.Equal((103, 102), (score.SpaceGroup, score.ReferenceSpaceGroup));
        Assert.Null(scorer.Score(reference, 1, TestStructures.Collapsed, TestCancellation).SpaceGroup);
    }

    [Fact]
    public void SmallestRms_lets_polymorphs_match_what_was_made_for_another()
    {
        ReferenceCrystal[] references =
        [
            Reference("simple", TestStructures.Simple),
            Reference("salt", TestStructures.RockSalt),
            Reference("sodide", TestStructures.Sodide),
        ];
        double?[] smallest = new Metre(Matcher).SmallestRms(
            references,
            [null, null, 0.4],
            [
                ("simple", TestStructures.RockSalt), // what was made for one is the other
                ("salt", TestStructures.Distorted(0.02)),
                ("sodide", TestStructures.Sodide), // its own: the given value stays
            ],
            cancellation: TestCancellation
        );
        Assert.Equal(
            Matcher.Match(TestStructures.Distorted(0.02), TestStructures.Simple, TestCancellation)!.Rms,
            smallest[0]!.Value,
            Tolerance
        );
        Assert.Equal(0, smallest[1]!.Value, Tolerance);
        Assert.Equal(0.4, smallest[2]!.Value, Tolerance);
    }

    [Fact]
    public void SmallestRms_cancelled_is_stopped() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new Metre(Matcher).SmallestRms(
                [Reference("simple", TestStructures.Simple), Reference("salt", TestStructures.RockSalt)],
                [null, null],
                [("simple", TestStructures.RockSalt)],
                new CancellationToken(canceled: true)
            )
        );

    private static ReferenceCrystal Reference(string id, Structure structure) => new(id, structure, Matcher);

    private static SampleScore Score(Structure reference, Structure predicted) =>
        new SampleScorer(Matcher).Score(Reference("a", reference), 1, predicted, TestCancellation);
}
