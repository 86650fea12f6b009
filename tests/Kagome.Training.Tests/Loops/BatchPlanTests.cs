using Kagome.Training.Data;
using Kagome.Training.Recipes;

namespace Kagome.Training.Tests.Loops;

public sealed class BatchPlanTests
{
    private const string CheckSeed = "0000KOIPe036";
    private const int CaseCount = 100;
    private const int CrystalCount = 30;

    [Fact]
    public void Epoch_shows_each_crystal_once_in_batches_that_hold_no_more_than_they_should_on_average() =>
        Gen.Select(Gen.Int[1, 30].Array[1, 60], Gen.Int[1, 60], Gen.Int[1, 10], Gen.Long, Gen.Int[0, 3])
            .Sample(
                (atomCounts, atoms, crystals, seed, epoch) =>
                {
                    BatchSettings settings = new() { Atoms = atoms, Crystals = crystals };
                    BatchPlan plan = new(atomCounts.Length, atomCounts.Sum(), settings, seed);
                    BatchIndices[] batches = Epoch(plan, epoch);
                    Assert.Equal(
                        Enumerable.Range(0, atomCounts.Length),
                        batches.SelectMany(batch => batch.Crystals).Order()
                    );
                    int[] sizes = [.. batches.Select(batch => batch.Crystals.Length)];
                    Assert.InRange(sizes.Min(), 1, sizes.Max());
                    Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
                    Assert.InRange(sizes.Max(), 1, crystals);
                    Assert.True(sizes.Max() == 1 || atomCounts.Sum() <= atoms * (double)batches.Length);
                },
                seed: CheckSeed,
                iter: CaseCount
            );

    [Fact]
    public void Epoch_of_the_same_seed_is_the_same() =>
        Assert.Equal(Text(Epoch(Plan(seed: 3), 1)), Text(Epoch(Plan(seed: 3), 1)));

    [Fact]
    public void Epoch_of_another_seed_differs() =>
        Assert.NotEqual(Text(Epoch(Plan(seed: 3), 1)), Text(Epoch(Plan(seed: 4), 1)));

    [Fact]
    public void Epochs_of_one_plan_differ()
    {
        BatchPlan plan = Plan(seed: 3);
        Assert.NotEqual(Text(Epoch(plan, 0)), Text(Epoch(plan, 1)));
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
    public void Batch_without_bounds_holds_all()
    {
        BatchSettings unbounded = new() { Atoms = int.MaxValue, Crystals = int.MaxValue };
        Assert.Equal(
            CrystalCount,
            new BatchPlan(CrystalCount, 4 * CrystalCount, unbounded, seed: 1)[0].Crystals.Length
        );
    }

    [Fact]
    public void BatchPlan_without_crystals_is_refused() =>
        Assert.Throws<ArgumentException>(() => new BatchPlan(0, 0, new BatchSettings(), seed: 1));

    private static BatchPlan Plan(long seed) =>
        new(CrystalCount, 4 * CrystalCount, new BatchSettings { Atoms = 12, Crystals = 4 }, seed);

    private static BatchIndices[] Epoch(BatchPlan plan, int epoch) =>
        [.. Enumerable.Range(epoch * plan.StepsPerEpoch, plan.StepsPerEpoch).Select(step => plan[step])];

    private static string[] Text(BatchIndices[] batches) =>
        [.. batches.Select(batch => string.Join(' ', batch.Crystals))];
}
