using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Formats.JsonLines;
using Kagome.Testing;

namespace Kagome.DataSets.Tests;

public sealed class CrystalFingerprintTests
{
    private const double RoundingTolerance = 1e-4;

    [Fact]
    public void Distance_of_another_cell_of_the_same_crystal_is_0() =>
        CrystalGenerators
            .Structures(8)
            .Sample(structure =>
            {
                Structure doubled = Doubled(structure);
                CrystalFingerprint first = CrystalFingerprint.Of(structure);
                Assert.Equal(0, first.Distance(CrystalFingerprint.Of(doubled)), RoundingTolerance);
            });

    [Fact]
    public void Distance_does_not_see_the_volume() =>
        Assert.Equal(
            0,
            CrystalFingerprint
                .Of(TestCrystals.RockSalt(5.64))
                .Distance(CrystalFingerprint.Of(TestCrystals.RockSalt(7))),
            RoundingTolerance
        );

    /// <summary>In units of the edge: CsCl has 8 neighbours at √3/2 and 4 of its 6 next ones at 1, two atoms a cell.</summary>
    [Fact]
    public void Distance_of_two_types_is_worked_out_by_hand()
    {
        double unit = Math.Cbrt(0.5);
        double saltUnit = Math.Cbrt(1.0 / 8);
        double near = (Math.Sqrt(3) / 2 / unit) - (0.5 / saltUnit); // 6 of 12
        double middle = (Math.Sqrt(3) / 2 / unit) - (Math.Sqrt(0.5) / saltUnit); // 2
        double far = (1 / unit) - (Math.Sqrt(0.5) / saltUnit); // 4
        double expected = Math.Sqrt(((6 * near * near) + (2 * middle * middle) + (4 * far * far)) / 12);
        float distance = CrystalFingerprint
            .Of(TestCrystals.RockSalt(5.64))
            .Distance(CrystalFingerprint.Of(TestCrystals.CaesiumType(3.4)));
        Assert.Equal(expected, distance, RoundingTolerance);
    }

    [Fact]
    public void Distance_of_other_numbers_of_elements_is_infinite() =>
        Assert.Equal(
            float.PositiveInfinity,
            CrystalFingerprint
                .Of(TestCrystals.RockSalt(5.64))
                .Distance(CrystalFingerprint.Of(TestCrystals.RockSalt(5.64, "Na", "Na")))
        );

    [Fact]
    public void Of_a_needle_is_like_everything()
    {
        Structure needle = new(
            Lattice.FromParameters(new LatticeParameters(1e5, 1e-2, 1e-2, 90, 90, 90)),
            TestCrystals.RockSalt(5).Sites
        );
        Assert.Equal(0, CrystalFingerprint.Of(needle).Distance(CrystalFingerprint.Of(TestCrystals.RockSalt(5))));
    }

    /// <summary>What pymatgen 2022.11.7 takes for the same crystal, at its default tolerances, is never told apart.</summary>
    [Fact]
    public void Distance_of_all_golden_pairs_that_match_is_small()
    {
        int matches = 0;
        int lost = 0;
        string path = SharedData.PathOrSkip("golden/structure-matcher.jsonl.gz");
        foreach ((_, string text) in StructurePair.ReadLines(path))
        {
            StructurePair pair = StructurePair.Parse(text);
            if (pair.StatedRms["default"] is not null)
            {
                matches++;
                lost += Distance(pair) > CrystalFingerprint.LargestDistance ? 1 : 0;
            }
        }

        Assert.Equal((409, 0), (matches, lost));
    }

    private static float Distance(StructurePair pair) =>
        CrystalFingerprint
            .Of(PreparedStructure.Of(pair.First).Reduced)
            .Distance(CrystalFingerprint.Of(PreparedStructure.Of(pair.Second).Reduced));

    /// <summary>Twice as long along a, skewed by b.</summary>
    private static Structure Doubled(Structure structure)
    {
        Lattice lattice = new(
            (2 * structure.Lattice.A) + structure.Lattice.B,
            structure.Lattice.B,
            structure.Lattice.C
        );
        return new Structure(
            lattice,
            structure.Sites.SelectMany(site =>
                new[] { 0, 1 }.Select(copy =>
                    site with
                    {
                        Position = lattice.ToFractional(
                            structure.Lattice.ToCartesian(site.Position + new Fractional(copy, 0, 0))
                        ),
                    }
                )
            )
        );
    }
}
