using System.Globalization;
using System.Text.Json;
using Kagome.Models;
using Kagome.Training.Properties;
using Kagome.Training.Tasks;

namespace Kagome.Training.Tests.Properties;

/// <summary>Ensembles that are trained in a second, from files to a file.</summary>
public sealed class PropertyTrainerTests : IDisposable
{
    private const int SaltCount = 24; // of as many formulas; every fourth has tc = 0

    private readonly TemporaryFolder folder = new();

    public PropertyTrainerTests()
    {
        File.WriteAllLines(
            folder["data.jsonl"],
            [
                .. Enumerable.Range(0, SaltCount).Select(at => Salt(3 + at, $"{(at % 4 == 0 ? 0 : at + 0.5)}")),
                Salt(30, "\"high\""),
                Salt(31, "null"),
                Salt(32, "7.5").Replace("\"tc\"", "\"split\":\"test\",\"tc\"", StringComparison.Ordinal),
                Salt(33, "7.5").Replace("[0.5,0.5,0.5]", "[0,0,0.01]", StringComparison.Ordinal),
                Salt(34, "7.5")[..40],
            ]
        );
        using TrainingRun start = TestRuns.Create(TestRuns.PredictorRecipe, TestCrystals.Labelled);
        new ModelExport(TestCrystals.Labelled, TimeProvider.System, null).Write(start, folder["p.safetensors"]);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PropertyTrainingOptions Options =>
        new()
        {
            DataPaths = [folder["data.jsonl"]],
            Recipe = TestRuns.Recipe with { Run = TestRuns.Recipe.Run with { Workers = 1 } },
            Label = "tc",
            Log = true,
            Above = 0,
            Folds = 2,
            TrainableBlocks = 0,
            InitialModel = folder["p.safetensors"],
            Steps = 3,
            OutputFolder = folder["run"],
        };

    [Fact]
    public void Load_counts_what_is_learned_from_and_what_is_left_out()
    {
        using PropertyTrainer trainer = PropertyTrainer.Load(Options, Cancellation);
        PropertyDataCounts data = trainer.Data;
        Assert.Equal((18, 6), (data.Learned, data.WithoutProperty));
        Assert.InRange(data.InNoFold, 0, 5);
        Assert.Collection(
            data.Skipped.Select(pair => $"{pair.Value} {pair.Key}"),
            text => Assert.Equal("2 no number as label 'tc' (absent, empty, text or NaN)", text),
            text => Assert.StartsWith("1 not usable, such as salt-33: ", text, StringComparison.Ordinal),
            text => Assert.Equal("1 of the test split", text),
            text => Assert.StartsWith("1 unreadable, the first: ", text, StringComparison.Ordinal)
        );
        Assert.Equal(("test", "K", 6), (trainer.InitialModel, trainer.Settings.Unit, trainer.StepCount));
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public async Task TrainAsync_into_a_folder_that_another_trains_into_is_refused()
    {
        using PropertyTrainer trainer = PropertyTrainer.Load(Options, Cancellation);
        using (new FileStream(folder["run.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            InputException refused = await Assert.ThrowsAsync<InputException>(() =>
                trainer.TrainAsync(null, null, Cancellation)
            );
            Assert.Contains("is being worked on", refused.Message, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public async Task TrainAsync_keeps_frozen_weights_once_and_trained_ones_for_each_fold()
    {
        RecordingObserver observer = new();
        PropertyTrainingResult result = await Train(Options, observer);
        Assert.Equal((folder["run/model.safetensors"], null), (result.ModelPath, result.StoppedInFold));
        Assert.Equal([1, 2, 3, 4, 5, 6], observer.Steps.Select(step => step.Step));
        Assert.Equal([3, 6], observer.Saves);
        using Checkpoint model = CheckpointFile.Load(result.ModelPath);
        using Checkpoint start = CheckpointFile.Load(folder["p.safetensors"]);
        PropertyEnsemble ensemble = model.Ensemble!;
        Assert.Equal(("test", ModelKind.Property), (model.Provenance.Name, model.Provenance.Kind));
        Assert.Equal(("tc", "K", LabelTransform.Log), (ensemble.Label, ensemble.Unit, ensemble.Transform));
        Assert.Equal(result.CrossValidation!.Scores, ensemble.CrossValidation);
        Assert.NotNull(ensemble.Occurrence);
        Assert.Equal(18, model.Provenance.ElementsSeen[17]);
        Assert.Contains("folds.1.energy_head.output.weight", model.Weights.Keys);
        Assert.DoesNotContain("energy_head.output.weight", model.Weights.Keys);
        string frozen = "blocks.0.attention.query.weight";
        Assert.Equal(start.Weights[frozen].data<float>(), model.Weights[frozen].data<float>());
        using JsonDocument written = JsonDocument.Parse(File.ReadAllText(folder["run/cross-validation.json"]));
        Assert.Equal(2, written.RootElement.GetProperty("folds").GetArrayLength());
    }

    /// <summary>Each salt has a metal of its own: what a fold's network saw tells what it learned from.</summary>
    [Fact]
    public async Task TrainAsync_no_fold_learns_from_what_it_is_tested_on()
    {
        using PropertyTrainer trainer = PropertyTrainer.Load(Options, Cancellation);
        PropertyTrainingResult result = await trainer.TrainAsync(null, null, Cancellation);
        int inFolds = trainer.Data.Learned - trainer.Data.InNoFold;
        FoldScores[] folds = [.. result.CrossValidation!.Folds];
        Assert.All(folds, fold => Assert.Equal(inFolds, fold.LearnedFrom + fold.Model.Count));
        Assert.Equal(inFolds, folds.Sum(fold => fold.Model.Count));
        int[][] seen = [.. Enumerable.Range(1, 2).Select(fold => MetalsSeen(folder[$"run/fold-{fold}"]))];
        Assert.Equal(folds.Select(fold => fold.LearnedFrom), seen.Select(metals => metals.Length));
        Assert.Empty(seen[0].Intersect(seen[1])); // of two, each learns from what the other is tested on
    }

    [Fact]
    public async Task TrainAsync_stopped_in_a_fold_and_resumed_gives_the_same_model()
    {
        await Train(Options);
        PropertyTrainingOptions again = Options with { OutputFolder = folder["again"] };
        using CancellationTokenSource stop = new();
        PropertyTrainingResult stopped = await Train(
            again,
            new RecordingObserver(step => (step.Step == 5 ? stop.Cancel : (Action)(() => { }))()),
            stop.Token
        );
        Assert.Equal((2, null), (stopped.StoppedInFold, stopped.CrossValidation));
        Assert.False(File.Exists(stopped.ModelPath));
        Assert.Contains(
            nameof(Options.Resume),
            Assert.Throws<InputException>(() => PropertyTrainer.Load(again, Cancellation)).Message,
            StringComparison.Ordinal
        );
        RecordingObserver observer = new();
        await Train(again with { Resume = true }, observer);
        Assert.Equal([6], observer.Steps.Select(step => step.Step));
        Assert.Equivalent(Weights(folder["run"]), Weights(folder["again"]), strict: true);
    }

    [Fact]
    public async Task TrainAsync_on_what_the_composition_leaves_over_keeps_what_that_says()
    {
        PropertySettings property = new() { Label = "tc", FromComposition = true };
        await Train(Options with { Recipe = TestRuns.Recipe with { Property = property } });
        using Checkpoint model = CheckpointFile.Load(folder["run/model.safetensors"]);
        RegressionForest[] forests = [.. model.Ensemble!.CompositionForests!];
        Assert.Equal(2, forests.Length);
        double[] any = new double[forests.Max(forest => forest.FeatureCount)];
        Assert.All(forests, forest => Assert.InRange(forest.Value(any), Math.Log(1.5), Math.Log(1000))); // labels from 1.5
        Assert.NotEqual(forests[0].Values, forests[1].Values);
    }

    [Fact]
    public async Task TrainAsync_observer_that_throws_is_heard_as_it_is()
    {
        RecordingObserver observer = new(_ => throw new TimeZoneNotFoundException());
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => Train(Options, observer));
    }

    [Theory]
    [InlineData(nameof(PropertyTrainingOptions.Folds), 1)]
    [InlineData(nameof(PropertyTrainingOptions.Folds), 101)]
    [InlineData(nameof(PropertyTrainingOptions.TrainableBlocks), -1)]
    [InlineData(nameof(PropertyTrainingOptions.Steps), 0)]
    [InlineData(nameof(PropertyTrainingOptions.Above), -0.5)]
    [InlineData(nameof(PropertyTrainingOptions.Above), double.NaN)]
    [InlineData(nameof(PropertyTrainingOptions.OutputFolder), "")]
    [InlineData(nameof(PropertyTrainingOptions.Device), "abacus")]
    public void Load_option_out_of_its_range_is_refused_by_name_and_value(string option, object value)
    {
        PropertyTrainingOptions options = Options;
        typeof(PropertyTrainingOptions).GetProperty(option)!.SetValue(options, value);
        OptionException refused = Assert.Throws<OptionException>(() => PropertyTrainer.Load(options, Cancellation));
        Assert.Equal((option, value), (refused.Option, refused.Value));
    }

    [Fact]
    public void Load_of_a_label_beyond_single_precision_names_the_crystal_and_the_value()
    {
        string[] lines = [.. Enumerable.Range(0, SaltCount).Select(at => Salt(3 + at, at == 7 ? "1e300" : "1.5"))];
        File.WriteAllLines(folder["huge.jsonl"], lines);
        PropertyTrainingOptions options = Options with { DataPaths = [folder["huge.jsonl"]], Log = false };
        InputException refused = Assert.Throws<InputException>(() => PropertyTrainer.Load(options, Cancellation));
        Assert.Contains("salt-10 of", refused.Message, StringComparison.Ordinal);
        Assert.Contains("has tc 1E+300; expected at most 3.4E+38", refused.Message, StringComparison.Ordinal);
        using PropertyTrainer logarithms = PropertyTrainer.Load(options with { Log = true }, Cancellation);
        Assert.Equal(SaltCount, logarithms.Data.Learned);
    }

    [Fact]
    public void Load_what_cannot_be_learned_is_refused_with_the_way_out()
    {
        Refuse(Options with { Label = null }, "names no label. Say which to learn with Label");
        Refuse(
            Options with
            {
                Label = "gap",
            },
            "no crystal",
            "usable label 'gap' above 0",
            "27 no number",
            "with Label"
        );
        Refuse(Options with { Above = double.NegativeInfinity }, "6 crystals", "Leave them out with Above 0");
        Refuse(Options with { Folds = 60 }, "of 60 is empty", "18 formulas", "Choose fewer Folds");
        Refuse(Options with { InitialModel = "no-such" }, "Unknown model 'no-such'");
    }

    [Fact]
    public async Task Load_of_an_ensemble_to_start_from_is_refused()
    {
        PropertyTrainingResult first = await Train(Options);
        Refuse(
            Options with
            {
                InitialModel = first.ModelPath,
                OutputFolder = folder["other"],
            },
            "InitialModel: test is an ensemble of 2 networks"
        );
    }

    public void Dispose() => folder.Dispose();

    private static async Task<PropertyTrainingResult> Train(
        PropertyTrainingOptions options,
        RecordingObserver? observer = null,
        CancellationToken? cancellation = null
    )
    {
        using PropertyTrainer trainer = PropertyTrainer.Load(options, Cancellation);
        return await trainer.TrainAsync(observer, null, cancellation ?? Cancellation);
    }

    private static void Refuse(PropertyTrainingOptions options, params string[] parts)
    {
        string message = Assert.Throws<InputException>(() => PropertyTrainer.Load(options, Cancellation)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.OrdinalIgnoreCase));
    }

    private static Dictionary<string, float[]> Weights(string run)
    {
        using Checkpoint model = CheckpointFile.Load(Path.Combine(run, "model.safetensors"));
        return model.Weights.ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().ToArray());
    }

    private static int[] MetalsSeen(string run)
    {
        using Checkpoint model = CheckpointFile.Load(Path.Combine(run, "model.safetensors"));
        return [.. model.Provenance.ElementsSeen.Keys.Where(number => number != 17)];
    }

    /// <summary>Caesium chloride's structure with another element in caesium's place.</summary>
    private static string Salt(int atomicNumber, string label) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"salt-{{atomicNumber}}","cell":[{{3 + (0.02 * atomicNumber)}},{{3 + (0.02 * atomicNumber)}},{{3 + (0.02 * atomicNumber)}},90,90,90],"z":[{{(atomicNumber == 17 ? 35 : atomicNumber)}},17],"frac":[[0,0,0],[0.5,0.5,0.5]],"tc":{{label}}}"""
        );
}
