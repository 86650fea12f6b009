using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Testing;
using Kagome.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Data;

public sealed class TrainingSetTests
{
    private const double Float32Tolerance = 1e-6;

    private static CrystalRecord Salt => TestCrystals.SodiumChloride;

    [Fact]
    public void Batch_holds_what_was_added()
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingSet set = TestCrystals.Set(TestCrystals.All);
        TrainingBatch batch = set.Batch(new BatchIndices([3, 0]));
        Structure[] crystals = [TestCrystals.All[3].Structure, Salt.Structure];
        Assert.Equal([5, 2], batch.Layout.AtomCounts);
        Assert.Equal(
            crystals.SelectMany(crystal => crystal.Sites).Select(site => (long)site.Element.AtomicNumber),
            batch.AtomicNumbers.data<long>().ToArray()
        );
        TensorAssert.AreNear(
            tensor(crystals.SelectMany(crystal => crystal.Sites).SelectMany(site => Numbers(site.Position)).ToArray())
                .view(7, 3),
            batch.Coordinates,
            Float32Tolerance,
            "coordinates"
        );
        TensorAssert.AreNear(
            tensor(crystals.SelectMany(crystal => Numbers(crystal.Lattice)).ToArray()).view(2, 3, 3),
            batch.Lattices,
            Float32Tolerance,
            "lattices"
        );
    }

    [Fact]
    public void Counts_are_those_of_the_crystals()
    {
        TrainingSet set = TestCrystals.Set(TestCrystals.All);
        Assert.Equal(4, set.Count);
        Assert.Equal(5, set.LargestAtomCount);
        Assert.Equal(11, set.AtomTotal);
        Assert.Equal(
            new Dictionary<int, int>
            {
                [8] = 2,
                [11] = 1,
                [12] = 1,
                [17] = 2,
                [22] = 1,
                [38] = 1,
                [55] = 1,
            },
            set.ElementCounts
        );
        Assert.Equal(3, set.FormulaUnitCounts[2][1]);
        Assert.Equal(1, set.FormulaUnitCounts[5][1]);
    }

    [Fact]
    public void FormulaUnitCounts_of_a_doubled_cell_count_Z_2()
    {
        Structure doubled = new(Lattice.Cubic(5), [.. Salt.Structure.Sites, .. Salt.Structure.Sites.Select(Moved)]);
        Assert.Equal(1, TestCrystals.Set(new CrystalRecord("Na2Cl2", doubled)).FormulaUnitCounts[2][2]);
    }

    [Fact]
    public void Ids_name_the_crystals_of_a_batch() =>
        Assert.Equal(["CsCl", "NaCl"], TestCrystals.Set(TestCrystals.All).Ids(new BatchIndices([2, 0])));

    [Fact]
    public void Empty_set_has_no_atoms()
    {
        TrainingSet set = new();
        Assert.Equal(0, set.Count);
        Assert.Equal(0, set.LargestAtomCount);
        Assert.Equal(0, set.AtomTotal);
    }

    [Fact]
    public void Fingerprint_of_equal_crystals_is_equal() =>
        Assert.Equal(TestCrystals.Set(TestCrystals.All).Fingerprint, TestCrystals.Set(TestCrystals.All).Fingerprint);

    [Fact]
    public void Fingerprint_changes_with_any_change()
    {
        Structure structure = Salt.Structure;
        IEnumerable<CrystalRecord>[] changes =
        [
            [Salt, TestCrystals.MagnesiumOxide],
            [TestCrystals.MagnesiumOxide, Salt],
            [Salt],
            [Salt, Salt],
            [Salt with { Id = "NaCl2" }],
            [Salt with { Structure = new Structure(structure.Lattice.ScaleToVolume(45), structure.Sites) }],
            [Salt with { Structure = new Structure(structure.Lattice, structure.Sites.Select(Moved)) }],
            [Salt with { Structure = new Structure(structure.Lattice, structure.Sites.Reverse()) }],
            [
                Salt with
                {
                    Structure = new Structure(
                        structure.Lattice,
                        [structure.Sites[0], TestCrystals.Site("Br", 0.5, 0.5, 0.5)]
                    ),
                },
            ],
        ];
        string[] fingerprints = [.. changes.Select(records => TestCrystals.Set(records).Fingerprint)];
        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
    }

    [Fact]
    public void Batch_holds_the_kept_label_and_NaN_where_there_is_none()
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingSet set = TestCrystals.LabelledSet(
            TestCrystals.WithEnergy(Salt, 0.25),
            TestCrystals.MagnesiumOxide,
            TestCrystals.WithEnergy(TestCrystals.CaesiumChloride, double.PositiveInfinity)
        );
        Assert.Equal(
            [float.NaN, float.NaN, 0.25f],
            set.Batch(new BatchIndices([2, 1, 0])).Labels!.data<float>().ToArray()
        );
        Assert.Equal([0.25], set.Labels);
    }

    [Fact]
    public void Set_that_keeps_no_label_has_none_and_the_same_fingerprint()
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingSet set = TestCrystals.Set(TestCrystals.WithEnergy(Salt, 0.25));
        Assert.Null(set.Batch(new BatchIndices([0])).Labels);
        Assert.Empty(set.Labels);
        Assert.Equal(TestCrystals.Set(Salt).Fingerprint, set.Fingerprint);
    }

    [Fact]
    public void Fingerprint_changes_with_a_kept_label()
    {
        string Fingerprint(double energy) =>
            TestCrystals.LabelledSet(TestCrystals.WithEnergy(Salt, energy)).Fingerprint;
        Assert.NotEqual(Fingerprint(0.25), Fingerprint(0.26));
    }

    private static Site Moved(Site site) => site with { Position = site.Position + new Fractional(0.25, 0, 0) };

    private static double[] Numbers(Fractional position) => [position.X, position.Y, position.Z];

    private static IEnumerable<double> Numbers(Lattice lattice) =>
        new[] { lattice.A, lattice.B, lattice.C }.SelectMany(row => new[] { row.X, row.Y, row.Z });
}
