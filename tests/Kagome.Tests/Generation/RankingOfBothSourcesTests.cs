using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Prototypes;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Tests.Generation;

/// <summary>What known structure types propose beside what is generated, of CsCl.</summary>
public sealed class RankingOfBothSourcesTests
{
    private static readonly IReadOnlyList<Proposal> Proposals = new ProposalSearch([LibraryOfDozen], null).Find(
        FormulaParser.Parse("CsCl"),
        10
    );

    [Fact]
    public void Rank_sure_proposal_comes_before_what_is_found_often_and_lies_low()
    {
        IReadOnlyList<Candidate> ranked = Rank(Known("NaCl", 0.95), Caesium(-0.5), Caesium(-0.5), Caesium(-0.5));
        Assert.Equal("NaCl", ranked[0].Proposal?.Template.Id);
        Assert.Equal(0.95, ranked[0].Probability!.Value, 1e-12);
        Assert.Equal(0.05, ranked[1].Probability!.Value, 1e-12);
    }

    [Fact]
    public void Rank_generated_crystal_that_is_a_proposal_is_merged_with_it()
    {
        IReadOnlyList<Candidate> ranked = Rank(
            Known("NaCl", 0.1),
            Known("CsCl", 0.3),
            Caesium(0.1),
            Caesium(0.2),
            Rock()
        );
        Candidate first = ranked[0];
        Assert.Equal("CsCl", first.Proposal?.Template.Id);
        Assert.Equal((1, 3, 2, true), (first.Crystal, first.Found, first.Generated, first.IsRepresentative));
        Assert.Equal([1, 1, 1, 2, 2], ranked.Select(candidate => candidate.Crystal));
        Assert.Equal(0.3 + (0.6 * 2 / 3), first.Probability!.Value, 1e-12);
        Assert.Equal(0.1 + (0.6 / 3), ranked[3].Probability!.Value, 1e-12);
        Assert.Equal(["CsCl", "NaCl"], ranked.Where(c => c.IsRepresentative).Select(c => c.Proposal?.Template.Id));
    }

    [Fact]
    public void Rank_generated_crystals_share_what_is_left_for_no_proposal()
    {
        IReadOnlyList<Candidate> ranked = Rank(Known("GaAs", 0.2), Caesium(0), Caesium(0), Rock(), Caesium(0));
        Assert.Equal(
            [0.6, 0.2, 0.2],
            ranked.DistinctBy(c => c.Crystal).Select(c => Math.Round(c.Probability!.Value, 9))
        );
    }

    [Fact]
    public void Rank_invalid_candidates_have_no_share()
    {
        IReadOnlyList<Candidate> ranked = Rank(Known("GaAs", 0.2), Caesium(0), Rock() with { Problem = "too small" });
        Assert.Equal(
            [0.8, 0.2, null],
            ranked.Select(c => c.Probability is { } share ? Math.Round(share, 9) : (double?)null)
        );
    }

    [Fact]
    public void Rank_without_a_ranker_or_proposals_gives_no_probabilities()
    {
        Assert.All(Rank(Caesium(0), Rock()), candidate => Assert.Null(candidate.Probability));
        Assert.All(Rank(Known("NaCl", null), Caesium(0)), candidate => Assert.Null(candidate.Probability));
    }

    [Fact]
    public void Rank_probabilities_of_crystals_come_to_at_most_1_and_order_them() =>
        Gen.Select(Gen.Double[0, 1].Array[4], Gen.Int[0, 3], Gen.Int[0, 3])
            .Sample(
                (shares, caesium, rock) =>
                {
                    double all = shares.Sum() + 1e-9;
                    Candidate[] candidates =
                    [
                        Known("NaCl", shares[0] / all),
                        Known("CsCl", shares[1] / all),
                        Known("GaAs", shares[2] / all),
                        .. Enumerable.Repeat(Caesium(0.1), caesium),
                        .. Enumerable.Repeat(Rock(), rock),
                    ];
                    Candidate[] crystals = [.. Rank(candidates).Where(candidate => candidate.IsRepresentative)];
                    Assert.Equal(3, crystals.Length);
                    double sum = crystals.Sum(candidate => candidate.Probability!.Value);
                    Assert.InRange(sum, 0, 1 + 1e-9);
                    Assert.True(caesium + rock == 0 || sum > 1 - 1e-9);
                    Assert.Equal(crystals.OrderByDescending(candidate => candidate.Probability), crystals);
                },
                iter: 30
            );

    private static IReadOnlyList<Candidate> Rank(params Candidate[] candidates) =>
        CandidateRanking.Rank(candidates, TestContext.Current.CancellationToken);

    private static Candidate Known(string template, double? probability)
    {
        Proposal proposal = Proposals.Single(proposal => proposal.Template.Id == template) with
        {
            Probability = probability,
        };
        return new Candidate
        {
            Structure = proposal.Structure,
            AsFound = proposal.Structure,
            Proposal = proposal,
        };
    }

    private static Candidate Caesium(double energy) => Generated(CaesiumChloride("Cs", "Cl", 4.2), energy);

    private static Candidate Rock() => Generated(RockSalt("Cs", "Cl", 6.9), 0.1);

    private static Candidate Generated(Structure structure, double energy) =>
        new()
        {
            Structure = structure,
            AsFound = structure,
            EnergyAboveHull = energy,
            Generated = 1,
        };
}
