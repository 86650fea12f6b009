using Kagome.Crystals.Compositions;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Tests;

/// <summary>An ensemble of two networks that say the same but for a constant, so that what comes of it is known.</summary>
public sealed class PropertyPredictorTests : IDisposable
{
    private const double Shift = 0.5; // what the second network says above the first
    private const double Tolerance = 1e-4;

    private static readonly double Spread = Shift / Math.Sqrt(2);

    private static readonly CrystalRecord[] Crystals =
    [
        new("CsCl", TestCrystals.CaesiumChloride),
        new("GaAs", TestCrystals.ZincBlende),
        new("TiO", TestCrystals.Skewed),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("kagome-property-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static LabelScaler Scaler { get; } =
        new()
        {
            Mean = 0,
            StandardDeviation = 1,
            LabelName = "x",
            Unit = "m",
        };

    private static PropertyEnsemble Plain { get; } =
        new()
        {
            Label = "x",
            Unit = "m",
            Transform = LabelTransform.None,
            Scalers = [Scaler, Scaler],
            CrossValidation = new CrossValidationScores(10, 0.7, 3, 0.9, 0.8),
        };

    [Fact]
    public async Task PredictAsync_spread_is_how_far_the_folds_differ_and_the_range_what_that_is_worth()
    {
        PropertyValue plain = await Value(Plain);
        Assert.Equal(Spread, plain.Spread, Tolerance);
        Assert.Equal(0.7, plain.ExpectedError); // of the cross-validation, where nothing is calibrated
        Assert.Null(plain.Probability);
        PropertyValue calibrated = await Value(
            Plain with
            {
                Calibration = new SpreadCalibration(20, 0.1, 2, 1.5, 0.8, 0.5, 0.3),
            }
        );
        Assert.Equal(0.1 + (2 * Spread), calibrated.ExpectedError, Tolerance);
        Assert.Equal(plain.Value, calibrated.Value);
        Assert.Equal(calibrated.Value - (1.5 * calibrated.ExpectedError), calibrated.Low, Tolerance);
        Assert.Equal(calibrated.Value + (1.5 * calibrated.ExpectedError), calibrated.High, Tolerance);
        Assert.Equal(plain.Value + (Math.Log(5) * 0.7), plain.High, 2e-3);
    }

    [Fact]
    public async Task PredictAsync_of_logarithms_is_in_the_unit_again()
    {
        (PropertyValue plain, PropertyValue log) = (
            await Value(Plain),
            await Value(Plain with { Transform = LabelTransform.Log })
        );
        Assert.Equal(Math.Exp(plain.Value), log.Value, Tolerance);
        Assert.Equal(Math.Exp(plain.Low), log.Low, Tolerance);
        Assert.Equal(plain.Spread, log.Spread, Tolerance);
    }

    [Fact]
    public async Task PredictAsync_adds_what_the_composition_says_and_each_fold_its_scale()
    {
        PropertyValue plain = await Value(Plain);
        Assert.Equal(
            plain.Value + 4,
            (await Value(Plain with { CompositionForests = [Constant(3), Constant(5)] })).Value,
            Tolerance
        );
        PropertyEnsemble scaled = Plain with
        {
            Scalers = [Scaler with { Mean = -Shift }, Scaler with { Mean = -2 * Shift }],
        };
        Assert.Equal(plain.Value - (1.5 * Shift), (await Value(scaled)).Value, Tolerance);
    }

    [Fact]
    public async Task PredictAsync_probability_is_the_mean_of_the_folds()
    {
        PropertyEnsemble ensemble = Plain with
        {
            Occurrence = new OccurrenceScores(10, 0.5, 0.6, 0.7),
            OccurrenceForests = [Constant(0.5f), Constant(0.75f)],
        };
        Assert.Equal((0.5 + 0.75) / 2, (await Value(ensemble)).Probability!.Value, Tolerance);
    }

    [Fact]
    public void Load_of_trees_that_ask_for_more_than_is_known_of_a_composition_is_refused()
    {
        RegressionForest newer = RegressionForest.Of([0], [500, -1, -1], [0, 1, 2], [2, 0, 0]);
        CheckpointException refused = Assert.Throws<CheckpointException>(() =>
            Load(Plain with { CompositionForests = [newer, newer] })
        );
        Assert.Contains("ask for 501 features", refused.Message, StringComparison.Ordinal);
    }

    private static RegressionForest Constant(float value) => RegressionForest.Of([0], [-1], [value], [0]);

    [Fact]
    public async Task PredictAsync_of_many_is_what_is_said_of_each_with_label_cautions_and_problem()
    {
        CrystalRecord clash = new(
            "clash",
            new Structure(Lattice.Cubic(4), [TestCrystals.Site("Ti", 0, 0, 0), TestCrystals.Site("O", 0, 0, 0.01)])
        );
        CrystalRecord labelled = Crystals[0] with { Labels = Crystals[0].Labels.Add("x", 2.5) };
        using PropertyPredictor property = Load(Plain);
        List<PropertyPrediction> found = await All(property, [labelled, clash, .. Crystals[1..]]);
        Assert.Equal(["CsCl", "clash", "GaAs", "TiO"], found.Select(one => one.Crystal.Id));
        Assert.Equal([2.5, null, null, null], found.Select(one => one.KnownValue));
        Assert.NotNull(found[1].Problem);
        Assert.Null(found[1].Property);
        Assert.Equal(["test never saw Cs"], found[0].Concerns);
        Assert.Empty(found[3].Concerns);
        foreach (PropertyPrediction one in found.Where(one => one.Problem is null))
        {
            PropertyValue alone = (await property.PredictAsync(one.Crystal.Structure, Cancellation))!;
            Assert.Equal(alone.Value, one.Property!.Value, Tolerance);
        }
    }

    [Fact]
    public async Task PredictAsync_of_a_formula_takes_the_best_of_each_distinct_valid_crystal()
    {
        Candidate[] candidates =
        [
            Candidate(rank: 1, crystal: 1, energy: 0.01),
            Candidate(rank: 2, crystal: 1, energy: 0.01) with
            {
                IsRepresentative = false,
            },
            Candidate(rank: 3, crystal: 2, energy: 0.02) with
            {
                Problem = "atoms touch",
            },
            Candidate(rank: 4, crystal: 3, energy: 0.3),
            Candidate(rank: 5, crystal: 4, energy: 0.4),
        ];
        using PropertyPredictor property = Load(Plain);
        IReadOnlyList<PropertyPrediction> found = await property.PredictAsync(
            Predicted(candidates),
            best: 2,
            cancellation: Cancellation
        );
        Assert.Equal(["TiO #1", "TiO #4"], found.Select(one => one.Crystal.Id));
        Assert.Equal([0.01, 0.3], found.Select(one => one.EnergyAboveHull));
        Assert.Equal([candidates[0], candidates[3]], found.Select(one => one.Candidate));
        Assert.All(found, one => Assert.NotNull(one.Property));
        Assert.Empty(await property.PredictAsync(Predicted([candidates[2]]), cancellation: Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            property.PredictAsync(Predicted(candidates), 0, cancellation: Cancellation)
        );
    }

    [Fact]
    public async Task PredictAsync_from_many_threads_is_right_and_what_stops_it_is_heard_as_it_is()
    {
        using PropertyPredictor property = Load(Plain);
        List<PropertyPrediction> once = await All(property, Crystals);
        List<PropertyPrediction>[] often = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => All(property, Crystals)))
        );
        Assert.All(often, all => Assert.Equal(once.Select(one => one.Property), all.Select(one => one.Property)));
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(async () =>
        {
            await foreach (PropertyPrediction _ in property.PredictAsync(Crystals, new Refusing(), Cancellation)) { }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            property.PredictAsync(TestCrystals.Skewed, new CancellationToken(canceled: true))
        );
        Assert.NotNull(await property.PredictAsync(TestCrystals.Skewed, Cancellation));
    }

    [Fact]
    public void Load_says_what_the_model_is()
    {
        using PropertyPredictor property = Load(Plain with { Transform = LabelTransform.Log });
        Assert.Equal(("test", "x", "m", 2), (property.Name, property.Label, property.Unit, property.FoldCount));
        Assert.Equal((LabelTransform.Log, 10), (property.Transform, property.CrossValidation.Crystals));
    }

    [Fact]
    public void Load_of_what_is_no_whole_ensemble_is_refused()
    {
        string whole = Save(Plain);
        string cut = whole + ".cut";
        using (SafetensorsFile file = SafetensorsFile.Read(whole))
        {
            SafetensorsFile.Write(
                cut,
                file.Tensors.Where(pair => !pair.Key.StartsWith("folds.1.", StringComparison.Ordinal)).ToDictionary(),
                file.Metadata
            );
        }

        string predictor = Save(null, ModelKind.Predictor);
        NoTensorLeaks.During(() =>
        {
            Refuse<CheckpointException>("fold 2 of 2 is missing", cut);
            Refuse<InputException>("expected a property model", predictor);
        });
        Refuse<InputException>("one fold of an ensemble", Save(null));
        Refuse<InputException>("Unknown model 'none-such'", "none-such");
        Refuse<InputException>("kagome-tc did not come with this program", PropertyPredictor.DefaultModel);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Refuse<T>(string part, string model)
        where T : KagomeException
    {
        T refused = Assert.Throws<T>(() => PropertyPredictor.Load(model, new ModelOptions { Folder = folder }));
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<List<PropertyPrediction>> All(PropertyPredictor property, CrystalRecord[] crystals)
    {
        List<PropertyPrediction> found = [];
        await foreach (PropertyPrediction one in property.PredictAsync(crystals, null, Cancellation))
        {
            found.Add(one);
        }

        return found;
    }

    private static Candidate Candidate(int rank, int crystal, double energy) =>
        new()
        {
            Structure = TestCrystals.Skewed,
            AsFound = TestCrystals.Skewed,
            Rank = rank,
            Crystal = crystal,
            IsRepresentative = true,
            EnergyAboveHull = energy,
        };

    private static Prediction Predicted(Candidate[] candidates) =>
        new()
        {
            Plan = new PredictionPlan
            {
                Formula = "TiO",
                Composition = FormulaParser.Parse("TiO"),
                Options = new PredictionOptions(),
                Cells = [],
                Units = [],
                Fingerprint = "",
                Concerns = [],
            },
            Candidates = candidates,
            Failures = [],
            Origin = new PredictionOrigin("", "", "", 1, new SamplerOptions(), 0.1, null, null, 0, 0, 0),
        };

    private async Task<PropertyValue> Value(PropertyEnsemble ensemble)
    {
        using PropertyPredictor property = Load(ensemble);
        return (await property.PredictAsync(TestCrystals.Skewed, Cancellation))!;
    }

    private PropertyPredictor Load(PropertyEnsemble ensemble) => PropertyPredictor.Load(Save(ensemble));

    /// <summary>Two networks in a file, or the first alone.</summary>
    private string Save(PropertyEnsemble? ensemble, ModelKind kind = ModelKind.Property)
    {
        using IDisposable noGradient = no_grad();
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, ScalarType.Float32);
        DiffusionConfiguration process = new() { StepCount = 7 };
        using Checkpoint model = new()
        {
            Network = network.Configuration,
            Process = process,
            Schedules = NoiseSchedules.Compute(process),
            Weights = ensemble is null
                ? network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone())
                : EnsembleWeights.Join([Weights(network, 0), Weights(network, 1)]),
            LabelScaler = ensemble is null ? Scaler : null,
            Ensemble = ensemble,
            Provenance = new Provenance
            {
                Name = "test",
                Kind = kind,
                ElementsSeen = new[] { 8, 17, 22, 31, 33 }.ToDictionary(element => element, _ => 100L),
            },
        };
        string path = Path.Combine(folder, $"{Guid.NewGuid():N}.safetensors");
        CheckpointFile.Save(path, model);
        return path;
    }

    /// <summary>The second network says <see cref="Shift"/> more.</summary>
    private static Dictionary<string, Tensor> Weights(Crysformer network, int fold)
    {
        Dictionary<string, Tensor> weights = network.state_dict();
        weights["energy_head.output.bias"] = weights["energy_head.output.bias"] + (fold * Shift);
        return weights;
    }

    private sealed class Refusing : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => throw new TimeZoneNotFoundException();
    }
}
