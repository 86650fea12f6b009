using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Symmetry;

/// <summary>The search in crystals of every space group.</summary>
public sealed class SpaceGroupSearchTests
{
    private const double Symprec = 1e-3;
    private const double Exact = 1e-9;

    /// <summary>In Å; far below what the noisy crystals are searched with.</summary>
    private const double Noise = 0.002;

    private static readonly int[] Numbers = [.. Enumerable.Range(1, 230)];

    [Fact]
    public void Find_all_groups_in_their_usual_setting_keep_letters_and_cell() =>
        Assert.All(
            Numbers,
            number =>
            {
                (Structure structure, char[] letters) = new SymmetricCrystals(number).Of(number);
                CrystalSymmetry found = Find(structure, Symprec);
                Assert.Equal(number, found.Group.Number);
                Assert.Equal(letters, found.Sites.Select(site => site.WyckoffLetter));
                Assert.Equal(structure.AtomCount, found.ConventionalCell.AtomCount);
                AssertSame(structure.Lattice.Parameters, found.ConventionalCell.Lattice.Parameters);
                Assert.InRange(found.LargestDisplacement, 0, Exact);
                Assert.Equal(
                    SpaceGroupSetting.OfNumber(number)[0].Operations.Length,
                    found.Operations.Distinct().Count()
                );
            }
        );

    [Fact]
    public void Find_all_groups_in_any_cell_from_any_origin_are_the_same() =>
        Assert.All(
            Numbers,
            number =>
            {
                SymmetricCrystals crystals = new(1000 + number);
                Structure structure = crystals.Of(number).Structure;
                Structure disguised = crystals.Disguised(structure);
                CrystalSymmetry found = Find(disguised, Symprec);
                Assert.Equal(number, found.Group.Number);
                Assert.Equal(structure.AtomCount, found.ConventionalCell.AtomCount);
                AssertSame(structure.Lattice.Parameters, found.ConventionalCell.Lattice.Parameters);
                Assert.Equal(Multiplicities(Find(structure, Symprec)), Multiplicities(found));
                Assert.InRange(found.LargestDisplacement, 0, Exact);
                AssertMoves(found.Operations, found.Symmetrised);
            }
        );

    [Fact]
    public void Find_all_groups_with_noise_are_exact_afterwards() =>
        Assert.All(
            Numbers,
            number =>
            {
                SymmetricCrystals crystals = new(2000 + number);
                Structure noisy = crystals.Shaken(crystals.Disguised(crystals.Of(number).Structure), Noise);
                CrystalSymmetry found = Find(noisy, 10 * Noise);
                Assert.Equal(number, found.Group.Number);
                Assert.InRange(found.LargestDisplacement, 0, 2 * Noise);
                Assert.Equal(
                    noisy.Sites.Select(site => site.Element),
                    found.Symmetrised.Sites.Select(site => site.Element)
                );
                AssertMoves(found.Operations, found.Symmetrised);
                CrystalSymmetry again = Find(found.Symmetrised, 1e-6);
                Assert.Equal(number, again.Group.Number);
                Assert.InRange(again.LargestDisplacement, 0, Exact);
            }
        );

    [Fact]
    public void Find_conventional_cell_is_the_crystal()
    {
        StructureMatcher matcher = new(MatcherOptions.Default);
        Assert.All(
            Numbers.Where(number => number % 7 == 0),
            number =>
            {
                SymmetricCrystals crystals = new(3000 + number);
                Structure structure = crystals.Disguised(crystals.Of(number).Structure);
                StructureMatch? match = matcher.Match(
                    structure,
                    Find(structure, Symprec).ConventionalCell,
                    TestContext.Current.CancellationToken
                );
                Assert.InRange(match?.Rms ?? 1, 0, 1e-6);
            }
        );
    }

    [Fact]
    public void Find_all_groups_agree_with_spglib()
    {
        NeedsSpglib.OrSkip();
        Assert.All(
            Numbers,
            number =>
            {
                SymmetricCrystals crystals = new(4000 + number);
                Structure structure = crystals.Shaken(crystals.Of(number).Structure, Noise);
                CrystalSymmetry ours = Find(structure, 10 * Noise);
                SpglibAnswer theirs = SpglibSearch.Find(NiggliCell.Of(structure), 10 * Noise)!;
                Assert.Equal(theirs.Group, ours.Group);
                Assert.Equal(theirs.PointGroup, ours.PointGroup);
                Assert.Equal(
                    theirs.Sites.Select(site => (site.Multiplicity, site.EquivalentTo)),
                    ours.Sites.Select(site => (site.Multiplicity, site.EquivalentTo))
                );
                AssertSame(theirs.ConventionalCell.Lattice.Parameters, ours.ConventionalCell.Lattice.Parameters);
            }
        );
    }

    [Fact]
    public void Ladder_of_a_displaced_atom_climbs_to_the_cube()
    {
        Structure displaced = KnownCrystals.Crystal(
            new(4, 4, 4.15, 90, 90, 90),
            ("Cs", 0, 0, 0),
            ("Cl", 0.505, 0.5, 0.5)
        );
        SymmetryRung[] rungs = [.. SymmetryLadder.Of(displaced)];
        Assert.Equal(["Pmm2 (25)", "P4/mmm (123)", "Pm-3m (221)"], rungs.Select(rung => $"{rung.Symmetry.Group}"));
        Assert.Equal([1e-5, 0.05, 0.2], rungs.Select(rung => rung.SymprecAngstrom));
        Assert.Equal(0.01, rungs[1].Symmetry.LargestDisplacement, 1e-3);
        Assert.Equal("Pmm2 (25) at 1E-05 Å, moving atoms by 0.000 Å", $"{rungs[0]}");
    }

    private static CrystalSymmetry Find(Structure structure, double symprec) =>
        new SymmetryFinder(symprec).Find(structure) ?? throw new InvalidOperationException("No symmetry was found.");

    private static string Multiplicities(CrystalSymmetry symmetry) =>
        string.Join(
            ' ',
            symmetry.Standard.AsymmetricUnit.Select(unit => $"{unit.Site.Element}{unit.Multiplicity}").Order()
        );

    /// <summary>Lengths and angles of a cell, as far as noise leaves them.</summary>
    private static void AssertSame(LatticeParameters expected, LatticeParameters actual)
    {
        const double Tolerance = 1e-4;
        Assert.Equal(expected.A, actual.A, Tolerance);
        Assert.Equal(expected.B, actual.B, Tolerance);
        Assert.Equal(expected.C, actual.C, Tolerance);
        Assert.Equal(expected.Alpha, actual.Alpha, Tolerance);
        Assert.Equal(expected.Beta, actual.Beta, Tolerance);
        Assert.Equal(expected.Gamma, actual.Gamma, Tolerance);
    }

    /// <summary>That every operation takes each atom onto one of its kind, and keeps the cell.</summary>
    private static void AssertMoves(IReadOnlyList<SymmetryOperation> operations, Structure structure)
    {
        MetricTensor shape = MetricTensor.Of(structure.Lattice);
        foreach (SymmetryOperation operation in operations.Take(60))
        {
            MetricTensor image = shape.In(operation.Rotation.Transposed());
            double scale = Exact * (shape.AA + shape.BB + shape.CC);
            Assert.Equal(shape.AA, image.AA, scale);
            Assert.Equal(shape.BB, image.BB, scale);
            Assert.Equal(shape.CC, image.CC, scale);
            Assert.Equal(shape.BC, image.BC, scale);
            Assert.Equal(shape.AC, image.AC, scale);
            Assert.Equal(shape.AB, image.AB, scale);
            foreach (Site site in structure.Sites.Take(8))
            {
                Fractional place = operation.Apply(site.Position);
                Assert.Contains(
                    structure.Sites,
                    other => other.Element == site.Element && IsNear((other.Position - place).WrapToNearest())
                );
            }
        }

        static bool IsNear(Fractional way) => Math.Abs(way.X) + Math.Abs(way.Y) + Math.Abs(way.Z) < 3 * Exact;
    }
}
