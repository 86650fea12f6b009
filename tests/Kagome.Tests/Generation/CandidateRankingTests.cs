using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome.Tests.Generation;

public sealed class CandidateRankingTests
{
    [Fact]
    public void Rank_same_crystal_at_several_volumes_is_judged_by_the_lowest_of_them()
    {
        IReadOnlyList<Candidate> ranked = Rank(
            Caesium(4.4, energy: 0.5),
            Caesium(4.1, energy: 0.02),
            Rock(6.9, energy: 0.1)
        );
        Assert.Equal([0.02, 0.5, 0.1], ranked.Select(candidate => candidate.EnergyAboveHull!.Value));
        Assert.Equal([1, 1, 2], ranked.Select(candidate => candidate.Crystal));
        Assert.Equal([true, false, true], ranked.Select(candidate => candidate.IsRepresentative));
    }

    [Theory]
    [InlineData(0.06, 0.1)] // 0.1 - 0.1 ln 2 = 0.03
    [InlineData(0.02, 0.02)]
    public void Rank_crystal_found_twice_may_be_higher_by_a_tenth_of_the_logarithm(double once, double first)
    {
        IReadOnlyList<Candidate> ranked = Rank(Rock(6.9, once), Caesium(4.1, 0.1), Caesium(4.2, 0.1));
        Assert.Equal(first, ranked[0].EnergyAboveHull);
    }

    /// <summary>The energy of the most symmetric one counts for the crystal, not the lowest of all.</summary>
    [Fact]
    public void Rank_of_one_crystal_the_most_symmetric_candidate_stands_for_it()
    {
        IReadOnlyList<Candidate> ranked = Rank(
            Caesium(4.1, energy: 0.02) with
            {
                Symmetry = Symmetry(operations: 1),
            },
            Caesium(4.2, energy: 0.5) with
            {
                Symmetry = Symmetry(operations: 48),
            },
            Caesium(4.3, energy: 0.01) with
            {
                Symmetry = Symmetry(operations: 8),
            },
            Rock(6.9, energy: 0.3)
        );
        Assert.Equal([0.3, 0.5, 0.01, 0.02], ranked.Select(candidate => candidate.EnergyAboveHull!.Value));
        Assert.Equal([true, true, false, false], ranked.Select(candidate => candidate.IsRepresentative));
    }

    [Fact]
    public void Rank_invalid_candidate_comes_last_however_low()
    {
        Candidate invalid = Rock(6.9, energy: -1) with { Problem = "too small" };
        IReadOnlyList<Candidate> ranked = Rank(invalid, Caesium(4.1, energy: 0.5));
        Assert.Equal("too small", ranked[^1].Problem);
        Assert.Equal([1, 2], ranked.Select(candidate => candidate.Rank));
    }

    private static IReadOnlyList<Candidate> Rank(params Candidate[] candidates) =>
        CandidateRanking.Rank(candidates, TestContext.Current.CancellationToken);

    /// <summary>CsCl of that lattice parameter in Å.</summary>
    private static Candidate Caesium(double length, double energy) =>
        Of(new Structure(Lattice.Cubic(length), [Atom("Cs", 0, 0, 0), Atom("Cl", 0.5, 0.5, 0.5)]), energy);

    /// <summary>The same atoms as rock salt: a primitive cell of that edge of the cube in Å.</summary>
    private static Candidate Rock(double edge, double energy)
    {
        double half = edge / 2;
        Lattice primitive = new(new(0, half, half), new(half, 0, half), new(half, half, 0));
        return Of(new Structure(primitive, [Atom("Cs", 0, 0, 0), Atom("Cl", 0.5, 0.5, 0.5)]), energy);
    }

    private static CrystalSymmetry Symmetry(int operations) =>
        new(
            new SpaceGroup(1, "P1"),
            "1",
            [],
            new SymmetryDescription(
                "P 1",
                1,
                Lattice.Cubic(4),
                [.. Enumerable.Repeat(SymmetryOperation.Identity, operations)],
                []
            ),
            new Structure(Lattice.Cubic(4), [Atom("Cs", 0, 0, 0)]),
            [SymmetryOperation.Identity],
            new Structure(Lattice.Cubic(4), [Atom("Cs", 0, 0, 0)]),
            LargestDisplacement: 0
        );

    private static Site Atom(string symbol, double x, double y, double z) =>
        new(Element.FromSymbol(symbol), new Fractional(x, y, z));

    private static Candidate Of(Structure structure, double energy) =>
        new()
        {
            Structure = structure,
            AsFound = structure,
            EnergyAboveHull = energy,
        };
}
