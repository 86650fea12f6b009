using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Testing;
using Kagome.Work;

namespace Kagome.Tests.Work;

/// <summary>Energies and relaxations of many crystals, unit by unit.</summary>
public sealed class CrystalUnitsTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private static readonly RelaxationOptions TwoSteps = new() { Iterations = 2 };

    /// <summary>Two whole units and a part of a third, with a crystal that nothing can be said about in each.</summary>
    private static readonly CrystalRecord[] Crystals =
    [
        .. Enumerable
            .Range(0, (CrystalUnits.Size * 2) + 40)
            .Select(number => new CrystalRecord($"{number}", Cell(number))),
    ];

    private readonly EnergyPredictor predictor = EnergyPredictor.Load(models.Options);
    private readonly TemporaryFolder folder = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Units_in_any_order_give_to_the_last_digit_what_all_together_give()
    {
        double?[] together = await Energies(Crystals);
        for (int unit = 2; unit >= 0; unit--)
        {
            int start = unit * CrystalUnits.Size;
            double?[] alone = await Energies(Crystals.Skip(start).Take(CrystalUnits.Size));
            Assert.Equal(together.Skip(start).Take(CrystalUnits.Size), alone);
        }

        Assert.Equal(3, together.Count(energy => energy is null));
    }

    [Fact]
    public async Task Relaxation_that_failed_goes_on_with_its_journal_and_comes_to_the_same()
    {
        RelaxationResult[] expected = await predictor
            .RelaxAsync(Crystals, TwoSteps, null, TestCancellation)
            .ToArrayAsync(TestCancellation);
        await Assert.ThrowsAsync<IOException>(() =>
            Relaxations(Crystals, new Reports(report => _ = report.Done > 200 ? throw new IOException("killed") : 0))
        );
        Assert.NotEmpty(KeptUnits());
        List<WorkProgress> reports = [];
        RelaxationResult[] resumed = await Relaxations(Crystals, new Reports(reports.Add));
        Assert.Equal(expected.Select(Digits), resumed.Select(Digits));
        Assert.True(reports.Count < Crystals.Length / 4, "what was done before was done again");
        Assert.Equal(["0", "1", "2"], KeptUnits());
    }

    [Fact]
    public async Task Relaxation_cancelled_at_any_moment_ends_with_the_token_of_the_caller()
    {
        foreach (int report in new[] { 1, 2, 3 })
        {
            using CancellationTokenSource cancellation = new();
            int count = 0;
            OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
                await predictor
                    .RelaxAsync(
                        Crystals,
                        TwoSteps,
                        new Reports(_ =>
                        {
                            if (Interlocked.Increment(ref count) == report)
                            {
                                cancellation.Cancel();
                            }
                        }),
                        cancellation.Token
                    )
                    .ToArrayAsync(cancellation.Token)
            );
            Assert.Equal(cancellation.Token, exception.CancellationToken);
        }
    }

    [Fact]
    public async Task Relaxation_of_a_single_unit_has_a_batch_for_each_of_two_workers()
    {
        List<WorkProgress> reports = [];
        await Relaxations(Crystals[..CrystalUnits.Size], new Reports(reports.Add));
        Assert.Equal(2, reports.Count(report => report.Done is > 1 and <= CrystalUnits.Size));
    }

    [Fact]
    public async Task Null_among_the_crystals_is_named()
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => Energies([Crystals[0], null!]));
        Assert.Contains("1 is null", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_by_a_progress_handler_is_refused()
    {
        EnergyPredictor other = EnergyPredictor.Load(models.Options);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            other
                .PredictAsync(Crystals[..3], new Reports(_ => other.Dispose()), TestCancellation)
                .ToArrayAsync(TestCancellation)
                .AsTask()
        );
        other.Dispose();
        other.Dispose();
        ObjectDisposedException gone = await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            other.PredictAsync(Crystals[..3], null, TestCancellation).ToArrayAsync(TestCancellation).AsTask()
        );
        Assert.Equal(typeof(EnergyPredictor).FullName, gone.ObjectName);
    }

    [Fact]
    public async Task Journal_of_crystals_that_changed_after_the_first_unit_changes_nothing()
    {
        await Relaxations(Crystals, null);
        CrystalRecord[] others = [.. Crystals[..CrystalUnits.Size], .. Crystals[CrystalUnits.Size..].Reverse()];
        RelaxationResult[] found = await Relaxations(others, null);
        Assert.Equal(
            (
                await predictor.RelaxAsync(others, TwoSteps, null, TestCancellation).ToArrayAsync(TestCancellation)
            ).Select(Digits),
            found.Select(Digits)
        );
    }

    [Fact]
    public async Task Journals_of_other_options_and_crystals_lie_beside_each_other()
    {
        CrystalRecord[] few = Crystals[..5];
        await Relaxations(few, null);
        await predictor
            .RelaxAsync(few, TwoSteps with { Iterations = 1 }, null, TestCancellation, folder.Location)
            .ToArrayAsync(TestCancellation);
        await predictor.PredictAsync(few, null, TestCancellation, folder.Location).ToArrayAsync(TestCancellation);
        await predictor
            .PredictAsync(Crystals[1..4], null, TestCancellation, folder.Location)
            .ToArrayAsync(TestCancellation);
        Assert.Equal(4, Directory.GetFiles(folder.Location).Length);
    }

    [Fact]
    public async Task Journal_of_other_batches_is_not_gone_on_with()
    {
        using LoadedModel model = LoadedModel.Load(
            models.Options.Catalog,
            ModelOptions.DefaultPredictor,
            ModelKind.Predictor,
            "cpu"
        );
        using WorkerThreads workers = new(1);
        async Task<int> Answer(int batchAtoms, int answer)
        {
            CrystalUnits<int, int> units = new(
                "answers",
                model,
                workers,
                batchAtoms,
                (cells, _, _) => Task.FromResult(cells.Select(_ => answer).ToArray()),
                (_, _, given) => given
            );
            return await units
                .RunAsync(Crystals[..1], null, folder.Location, options: null, TestCancellation)
                .SingleAsync(TestCancellation);
        }

        Assert.Equal(1, await Answer(batchAtoms: 128, 1));
        Assert.Equal(1, await Answer(batchAtoms: 128, 2));
        Assert.Equal(3, await Answer(batchAtoms: 512, 3));
    }

    [Fact]
    public async Task Reader_that_throws_ends_the_work_with_that()
    {
        IEnumerable<CrystalRecord> broken = Crystals.Concat(CutOff());
        await Assert.ThrowsAsync<InvalidDataException>(() => Energies(broken));
        Assert.NotNull((await Energies(Crystals[1..2]))[0]);
    }

    [Fact]
    public async Task Reader_that_throws_after_whole_units_gives_their_results_first()
    {
        List<string> given = [];
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (
                EnergyPrediction prediction in predictor.PredictAsync(Crystals.Concat(CutOff()), null, TestCancellation)
            )
            {
                given.Add(prediction.Crystal.Id);
            }
        });
        Assert.Equal(Crystals.Take(2 * CrystalUnits.Size).Select(crystal => crystal.Id), given);
    }

    [Fact]
    public async Task Loop_that_is_left_early_leaves_nothing_at_work()
    {
        await foreach (EnergyPrediction _ in predictor.PredictAsync(Crystals, null, TestCancellation, folder.Location))
        {
            break;
        }

        File.Delete(Assert.Single(Directory.GetFiles(folder.Location))); // nobody holds it
        Assert.Equal(await Energies(Crystals[..3]), await Energies(Crystals[..3]));
    }

    public void Dispose()
    {
        predictor.Dispose();
        folder.Dispose();
    }

    private async Task<double?[]> Energies(IEnumerable<CrystalRecord> crystals) =>
        [
            .. (await predictor.PredictAsync(crystals, null, TestCancellation).ToArrayAsync(TestCancellation)).Select(
                prediction => prediction.Energy
            ),
        ];

    private async Task<RelaxationResult[]> Relaxations(
        IEnumerable<CrystalRecord> crystals,
        IProgress<WorkProgress>? progress
    ) =>
        await predictor
            .RelaxAsync(crystals, TwoSteps, progress, TestCancellation, folder.Location)
            .ToArrayAsync(TestCancellation);

    private IEnumerable<string> KeptUnits() =>
        File.ReadLines(Assert.Single(Directory.GetFiles(folder.Location)))
            .Skip(1)
            .Select(line => line.Split(["\"unit\":", ","], StringSplitOptions.None)[2])
            .Order(StringComparer.Ordinal);

    private static IEnumerable<CrystalRecord> CutOff()
    {
        yield return Crystals[0];
        throw new InvalidDataException("cut off");
    }

    private static (double?, double?, double, string?) Digits(RelaxationResult result) =>
        (result.EnergyBefore, result.EnergyAfter, result.Structure.Lattice.Volume, result.Problem);

    private static Structure Cell(int number)
    {
        double edge = 3 + (0.01 * number);
        double far = number % CrystalUnits.Size == 7 ? 0 : 0.5; // two atoms in one place
        return new Structure(
            Lattice.Cubic(edge),
            [TestCrystals.Site("Cs", 0, 0, 0), TestCrystals.Site("Cl", far, far, far)]
        );
    }
}
