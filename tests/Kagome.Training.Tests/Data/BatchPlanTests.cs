using Kagome.Training.Data;
using Kagome.Training.Recipes;

namespace Kagome.Training.Tests.Data;

public sealed class BatchPlanTests
{
    private const string CheckSeed = "0000KOIPe036";
    private const int CaseCount = 100;

    private static readonly BatchSettings Settings = new() { Atoms = 12, Crystals = 4 };

    private static readonly (int AtomCount, int CrystalCount)[] Sizes = [(1, 9), (2, 13), (5, 7), (20, 3)];

    private static readonly Gen<(int, int)[]> AnySizes = Gen.Select(Gen.Int[1, 30], Gen.Int[1, 40])
        .Array[1, 5]
        .Select(sizes => sizes.DistinctBy(size => size.Item1).ToArray());

    [Fact]
    public void Epoch_shows_each_crystal_once_within_the_budget() =>
        Gen.Select(AnySizes, Gen.Int[1, 60], Gen.Int[1, 10], Gen.Long, Gen.Int[0, 3])
            .Sample(
                (sizes, atoms, crystals, seed, epoch) =>
                {
                    BatchPlan plan = new(sizes, new BatchSettings { Atoms = atoms, Crystals = crystals }, seed);
                    BatchIndices[] batches = Epoch(plan, epoch);
                    Assert.Equal(
                        sizes
                            .SelectMany(size =>
                                Enumerable.Range(0, size.Item2).Select(crystal => (size.Item1, crystal))
                            )
                            .Order(),
                        batches
                            .SelectMany(batch => batch.Crystals.Select(crystal => (batch.AtomCount, crystal)))
                            .Order()
                    );
                    Assert.All(
                        batches,
                        batch =>
                        {
                            Assert.InRange(batch.Crystals.Length, 1, crystals);
                            Assert.True(batch.Crystals.Length == 1 || batch.Crystals.Length * batch.AtomCount <= atoms);
                        }
                    );
                },
                seed: CheckSeed,
                iter: CaseCount
            );

    [Fact]
    public void Epoch_has_batches_of_nearly_equal_size() =>
        Assert.Equal([4, 4, 5], [.. BatchSizes(new BatchSettings { Atoms = 1000, Crystals = 5 }, 13).Order()]);

    [Fact]
    public void Epoch_of_the_same_seed_is_the_same() =>
        Assert.Equal(Text(Epoch(Plan(seed: 3), 1)), Text(Epoch(Plan(seed: 3), 1)));

    [Fact]
    public void Epoch_of_another_seed_differs() =>
        Assert.NotEqual(Text(Epoch(Plan(seed: 3), 1)), Text(Epoch(Plan(seed: 4), 1)));

    [Fact]
    public void Epochs_of_one_plan_differ_in_batches_and_in_their_order()
    {
        BatchPlan plan = Plan(seed: 3);
        (BatchIndices[] first, BatchIndices[] second) = (Epoch(plan, 0), Epoch(plan, 1));
        Assert.NotEqual(Text(first).Order(), Text(second).Order());
        Assert.NotEqual(first.Select(batch => batch.AtomCount), second.Select(batch => batch.AtomCount));
    }

    [Fact]
    public void Batch_asked_for_out_of_order_is_the_same()
    {
        BatchPlan plan = Plan(seed: 3);
        int stepCount = 3 * plan.StepsPerEpoch;
        string[] forwards = Text([.. Enumerable.Range(0, stepCount).Select(step => plan[step])]);
        string[] backwards = Text([.. Enumerable.Range(0, stepCount).Reverse().Select(step => plan[step])]);
        Assert.Equal(forwards, backwards.Reverse());
    }

    [Fact]
    public void BatchPlan_without_crystals_is_refused() =>
        Assert.Throws<ArgumentException>(() => new BatchPlan([], Settings, seed: 1));

    private static BatchPlan Plan(long seed) => new(Sizes, Settings, seed);

    private static IEnumerable<int> BatchSizes(BatchSettings settings, int crystals) =>
        Epoch(new BatchPlan([(2, crystals)], settings, seed: 1), 0).Select(batch => batch.Crystals.Length);

    private static BatchIndices[] Epoch(BatchPlan plan, int epoch) =>
        [.. Enumerable.Range(epoch * plan.StepsPerEpoch, plan.StepsPerEpoch).Select(step => plan[step])];

    private static string[] Text(BatchIndices[] batches) =>
        [.. batches.Select(batch => $"{batch.AtomCount}: {string.Join(' ', batch.Crystals)}")];
}
