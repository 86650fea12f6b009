using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Testing;

namespace Kagome.Tests;

public sealed class EnergyPredictorTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private const double Tolerance = 1e-5; // float32

    private static readonly CrystalRecord[] Crystals =
    [
        new("zinc blende", TestCrystals.ZincBlende) { Split = "val" },
        new(
            "collapsed",
            new Structure(Lattice.Cubic(3), [TestCrystals.Site("Ti", 0, 0, 0), TestCrystals.Site("O", 0, 0, 0)])
        ),
        WithLabel(new CrystalRecord("skewed", TestCrystals.Skewed), 0.07),
        new("caesium chloride", TestCrystals.CaesiumChloride),
        WithLabel(new CrystalRecord("no number", TestCrystals.ZincBlende), double.NaN),
    ];

    private readonly EnergyPredictor predictor = EnergyPredictor.Load(models.Options);

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PredictAsync_gives_every_crystal_its_own_energy_in_their_order()
    {
        EnergyPrediction[] together = await Predict(Crystals);
        Assert.Equal(Crystals, together.Select(prediction => prediction.Crystal));
        foreach (EnergyPrediction prediction in together)
        {
            double? alone = await predictor.PredictAsync(prediction.Crystal.Structure, TestCancellation);
            Assert.Equal(alone is null, prediction.Energy is null);
            Assert.Equal(alone ?? 0, prediction.Energy ?? 0, Tolerance);
        }
    }

    [Fact]
    public async Task PredictAsync_of_any_description_of_a_crystal_gives_the_same_energy()
    {
        Structure doubled = Supercell.Of(TestCrystals.Skewed, new IntegerMatrix3(2, 1, 0, 0, 1, 0, 0, 0, 1));
        double? expected = await predictor.PredictAsync(TestCrystals.Skewed, TestCancellation);
        Assert.Equal(expected!.Value, (await predictor.PredictAsync(doubled, TestCancellation))!.Value, Tolerance);
    }

    [Fact]
    public async Task PredictAsync_of_an_impossible_crystal_says_why_there_is_no_energy()
    {
        EnergyPrediction collapsed = (await Predict(Crystals))[1];
        Assert.Null(collapsed.Energy);
        Assert.Contains("two atoms are 0 Å apart", collapsed.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PredictAsync_keeps_what_the_data_say_where_that_is_a_number() =>
        Assert.Equal([null, null, 0.07, null, null], (await Predict(Crystals)).Select(p => p.KnownEnergy));

    [Fact]
    public async Task PredictAsync_of_elements_and_sizes_that_the_model_hardly_saw_is_cautious()
    {
        EnergyPrediction[] predictions = await Predict(Crystals);
        Assert.Equal(["kagome-p never saw Cs"], predictions[3].Concerns);
        Assert.Empty(predictions[2].Concerns);
        Structure beryllium = new(Lattice.Cubic(3), [TestCrystals.Site("Be", 0, 0, 0)]);
        Assert.Equal(["kagome-p saw Be in 3 crystals only"], predictor.Concerns(beryllium));
        Structure large = Supercell.Of(TestCrystals.Skewed, new IntegerMatrix3(5, 0, 0, 0, 1, 0, 0, 0, 1));
        Assert.Equal(["10 atoms are more than the 8 that kagome-p saw"], predictor.Concerns(large));
    }

    [Fact]
    public async Task PredictAsync_reports_every_crystal_once()
    {
        List<WorkProgress> reports = [];
        await foreach (
            EnergyPrediction _ in predictor.PredictAsync(Crystals, new Reports(reports.Add), TestCancellation)
        ) { }
        Assert.Equal(Crystals.Length, reports[^1].Done);
        Assert.All(
            reports,
            report => Assert.Equal(("energies", 5L, "crystals"), (report.Task, report.Total, report.Unit))
        );
    }

    [Fact]
    public async Task RelaxAsync_lowers_energies_to_what_is_predicted_of_the_result_and_keeps_names_splits_and_labels()
    {
        RelaxationResult[] relaxed = await Relax(Crystals);
        Assert.Equal(Crystals, relaxed.Select(result => result.Original));
        foreach (RelaxationResult result in relaxed.Where(result => result.End is not null))
        {
            Assert.True(result.EnergyAfter <= result.EnergyBefore);
            double? after = await predictor.PredictAsync(result.Structure, TestCancellation);
            Assert.Equal(result.EnergyAfter!.Value, after!.Value, 1e-3);
            Assert.Equal(result.EnergyAfter - result.EnergyBefore, RelaxationResult.EnergyChange(result.Record));
        }

        Assert.Equal("val", relaxed[0].Record.Split);
        Assert.Equal(0.07, relaxed[2].Record.Labels[Labels.EnergyAboveHull]);
        Assert.NotEqual(0, relaxed[2].VolumeChange);
    }

    [Fact]
    public async Task RelaxAsync_impossible_crystal_is_kept_as_it_was()
    {
        RelaxationResult result = (await Relax(Crystals))[1];
        Assert.Null(result.End);
        Assert.Same(Crystals[1].Structure, result.Record.Structure);
        Assert.NotNull(result.Problem);
        Assert.Null(RelaxationResult.EnergyChange(result.Record));
    }

    [Fact]
    public async Task RelaxAsync_iterations_are_the_most_steps_that_are_made()
    {
        RelaxationResult[] one = await Relax(Crystals, new RelaxationOptions { Iterations = 1 });
        RelaxationResult[] many = await Relax(Crystals, new RelaxationOptions { Iterations = 30 });
        Assert.All(one, result => Assert.InRange(result.Iterations, 0, 1));
        Assert.Contains(many, result => result.Iterations > 1);
        Assert.True(many[2].EnergyAfter < one[2].EnergyAfter);
    }

    [Fact]
    public void RelaxAsync_with_an_option_out_of_range_is_refused_at_once() =>
        Assert.Throws<OptionException>(() =>
            predictor.RelaxAsync(Crystals, new RelaxationOptions { Halvings = -1 }, null, TestCancellation)
        );

    [Fact]
    public async Task PredictAsync_of_a_source_that_fails_passes_the_failure_on()
    {
        static IEnumerable<CrystalRecord> Failing()
        {
            yield return Crystals[0];
            throw new IOException("The share is gone.");
        }

        await Assert.ThrowsAsync<IOException>(() => Predict(Failing()));
        Assert.Equal(5, (await Predict(Crystals)).Length);
    }

    [Theory]
    [InlineData("kagome-g", "is a generator; expected a predictor")]
    [InlineData("nothere", "Unknown model 'nothere'. Choose flow, kagome-g, kagome-p, other-noise")]
    public void Load_model_that_predicts_no_energies_is_refused(string model, string part) =>
        Assert.Contains(
            part,
            Assert
                .Throws<InputException>(() => EnergyPredictor.Load(models.Options with { Predictor = model }))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Load_from_an_empty_folder_says_where_it_looked()
    {
        using TemporaryFolder empty = new();
        InputException exception = Assert.Throws<InputException>(() =>
            EnergyPredictor.Load(new ModelOptions { Folder = empty.Location })
        );
        Assert.Contains(empty.Location, exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => predictor.Dispose();

    private async Task<EnergyPrediction[]> Predict(IEnumerable<CrystalRecord> crystals) =>
        await predictor.PredictAsync(crystals, null, TestCancellation).ToArrayAsync(TestCancellation);

    private ValueTask<RelaxationResult[]> Relax(CrystalRecord[] crystals, RelaxationOptions? options = null) =>
        predictor.RelaxAsync(crystals, options, null, TestCancellation).ToArrayAsync(TestCancellation);

    private static CrystalRecord WithLabel(CrystalRecord record, double energy) =>
        record with
        {
            Labels = record.Labels.Add(Labels.EnergyAboveHull, energy),
        };
}
