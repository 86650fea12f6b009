using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Testing;
using Kagome.Training.Recipes;
using TorchSharp;

namespace Kagome.Training.Tests;

/// <summary>Training as a user of the library meets it, with a model of seconds.</summary>
public sealed class ModelTrainerTests : IDisposable
{
    private const int CrystalCount = 12;

    private readonly TemporaryFolder folder = new();
    private readonly ModelTrainer trainer = new(
        new ModelCatalog(Path.Combine(Repository.Root, "models")),
        new RecipeCatalog(Path.Combine(Repository.Root, "recipes"))
    );

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrainAsync_predictor_counts_labels_and_leaves_a_predictor()
    {
        TrainingOutcome outcome = await Train(Predictor);
        Assert.True(outcome.IsDone);
        Assert.Equal((CrystalCount, 0), (outcome.Crystals.TrainingCount, outcome.Crystals.ValidationCount));
        Assert.Equal(new TrainingLabel("e_hull", "eV/atom", 8, 0, 0.07, null), Rounded(outcome.Crystals.Label!));
        using Checkpoint model = CheckpointFile.Load(outcome.ModelPath);
        Assert.Equal(ModelKind.Predictor, model.Provenance.Kind);
        Assert.Equal("eV/atom", model.LabelScaler!.Unit);
        Assert.Equal(2, model.Provenance.Step);
    }

    [Fact]
    public async Task TrainAsync_predictor_by_a_recipe_of_a_generator_adds_what_it_needs()
    {
        TrainingOutcome outcome = await Train(Predictor with { Recipe = "tiny" });
        using Checkpoint model = CheckpointFile.Load(outcome.ModelPath);
        Assert.Equal(ModelKind.Predictor, model.Provenance.Kind);
        Assert.True(model.Network.HasEnergyHead);
    }

    [Fact]
    public async Task TrainAsync_predictor_validates_energies_of_clean_crystals()
    {
        TrainingOutcome outcome = await Train(Predictor with { ValidationPaths = [WriteData("val")] });
        Assert.NotNull(outcome.Crystals.Label!.MedianError);
        Assert.Equal(8, outcome.Validation!.Value.LabelledCount);
        Assert.NotNull(outcome.Validation.Value.EnergyError);
    }

    [Fact]
    public async Task TrainAsync_leaves_out_what_is_damaged_too_large_or_of_the_test_split_and_says_so()
    {
        TrainingOptions options = Generator;
        CrystalRecord[] others = [TestCrystals.SodiumChloride with { Split = "test" }, new("large", Supercell(21))];
        DataSet.Write(folder["others.jsonl"], others);
        File.AppendAllText(options.DataPaths[0], File.ReadAllText(folder["others.jsonl"]) + "damaged\nbroken\n");
        TrainingOutcome outcome = await Train(options);
        Assert.Equal(
            ["more than 20 atoms 1", "of the test split 1", "unreadable, the first 2"],
            outcome.Crystals.Skipped.Select(pair => $"{pair.Key.Split(':')[0]} {pair.Value}")
        );
    }

    [Fact]
    public async Task TrainAsync_crystals_without_the_label_are_refused_by_its_name()
    {
        DataSet.Write(folder["bare.jsonl"], TestCrystals.All);
        InputException refused = await Assert.ThrowsAsync<InputException>(() =>
            Train(Predictor with { DataPaths = [folder["bare.jsonl"]] })
        );
        Assert.Contains("label 'e_hull'", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public async Task TrainAsync_generator_by_the_recipe_of_a_predictor_is_refused() =>
        Assert.Contains(
            "[energy]",
            (
                await Assert.ThrowsAsync<InputException>(() => Train(Generator with { Recipe = "tiny-predictor" }))
            ).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task TrainAsync_from_a_generator_says_which_head_is_new_and_keeps_its_name()
    {
        TrainingOutcome first = await Train(Generator);
        RecordingObserver progress = new();
        TrainingOutcome tuned = await Train(
            Predictor with
            {
                InitialModel = first.ModelPath,
                OutputFolder = folder["tuned"],
            },
            progress
        );
        Assert.Equal(new InitialModelRead("tiny", LacksEnergyHead: true), progress.All[1]);
        using Checkpoint model = CheckpointFile.Load(tuned.ModelPath);
        Assert.StartsWith("tiny, sha256 ", model.Provenance.InitialModel!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainAsync_from_a_model_of_another_shape_is_refused()
    {
        InputException refused = await Assert.ThrowsAsync<InputException>(() =>
            Train(Generator with { InitialModel = "kagome-g" })
        );
        Assert.StartsWith("InitialModel: kagome-g has the network", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["InitialModel"], refused.Options);
    }

    [Fact]
    public async Task TrainAsync_cancelled_and_resumed_gives_the_weights_of_a_run_that_was_not()
    {
        TrainingOptions options = Generator with { Steps = 6 };
        TrainingOutcome whole = await Train(options with { OutputFolder = folder["whole"] });
        using CancellationTokenSource cancellation = new();
        RecordingObserver stopping = new(step =>
        {
            if (step.Step == 3)
            {
                cancellation.Cancel();
            }
        });
        TrainingOutcome stopped = await trainer.TrainAsync(options, stopping, cancellation.Token);
        Assert.Equal((false, 3), (stopped.IsDone, stopped.StepsTaken));
        await Assert.ThrowsAsync<InputException>(() => Train(options));

        RecordingObserver resuming = new();
        TrainingOutcome rest = await Train(options with { Resume = true }, resuming);
        Assert.True(rest.IsDone);
        Assert.Contains(new TrainingResumed(3, 6), resuming.All);
        ModelAssert.SameWeights(whole.ModelPath, rest.ModelPath);
    }

    [Fact]
    public async Task TrainAsync_with_a_handler_that_throws_ends_with_what_it_threw()
    {
        RecordingObserver full = new(_ => throw new IOException("No space left on device"));
        IOException thrown = await Assert.ThrowsAsync<IOException>(() => Train(Generator, full));
        Assert.Equal("No space left on device", thrown.Message);
        Assert.True((await Train(Generator)).IsDone);
    }

    [Fact]
    public async Task TrainAsync_leaves_the_threads_of_others_as_they_were()
    {
        int own = torch.get_num_threads();
        int fresh = await ThreadsOfFreshThread();
        await Train(Generator);
        Assert.Equal(own, torch.get_num_threads());
        Assert.Equal(fresh, await ThreadsOfFreshThread());
    }

    [Theory]
    [InlineData("Kind")]
    [InlineData("DataPaths")]
    [InlineData("OutputFolder")]
    [InlineData("Steps")]
    [InlineData("Device")]
    public async Task TrainAsync_option_out_of_range_is_refused_by_name(string option)
    {
        TrainingOptions options = option switch
        {
            "Kind" => Generator with { Kind = ModelKind.Property },
            "DataPaths" => Generator with { DataPaths = [] },
            "OutputFolder" => Generator with { OutputFolder = "" },
            "Steps" => Generator with { Steps = 0 },
            _ => Generator with { Device = "abacus" },
        };
        Assert.Equal(option, (await Assert.ThrowsAsync<OptionException>(() => Train(options))).Option);
    }

    [Fact]
    public async Task TrainAsync_unknown_recipe_is_refused_with_the_known_ones()
    {
        InputException refused = await Assert.ThrowsAsync<InputException>(() =>
            Train(Generator with { Recipe = "nothere" })
        );
        Assert.Contains("Unknown recipe 'nothere'. Choose ablation", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private TrainingOptions Generator =>
        new()
        {
            Recipe = "tiny",
            DataPaths = [WriteData()],
            OutputFolder = folder["run"],
            Steps = 2,
        };

    private TrainingOptions Predictor => Generator with { Kind = ModelKind.Predictor, Recipe = "tiny-predictor" };

    private Task<TrainingOutcome> Train(TrainingOptions options, IProgress<TrainingEvent>? progress = null) =>
        trainer.TrainAsync(options, progress, TestCancellation);

    private static TrainingLabel Rounded(TrainingLabel label) => label with { Median = Math.Round(label.Median, 6) };

    private static Task<int> ThreadsOfFreshThread() =>
        Task.Factory.StartNew(
            torch.get_num_threads,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static Structure Supercell(int atoms) =>
        new(
            TestCrystals.SodiumChloride.Structure.Lattice,
            [.. Enumerable.Range(0, atoms).Select(at => TestCrystals.Site("Na", (double)at / atoms, 0, 0))]
        );

    /// <summary>Twelve crystals of one formula, every third without a label.</summary>
    private string WriteData(string name = "data")
    {
        DataSet.Write(
            folder[$"{name}.jsonl"],
            [
                .. Enumerable
                    .Range(0, CrystalCount)
                    .Select(at => TestCrystals.CaesiumChloride with { Id = $"crystal-{at}" })
                    .Select((record, at) => at % 3 == 0 ? record : TestCrystals.WithEnergy(record, 0.01 * at)),
            ]
        );
        return folder[$"{name}.jsonl"];
    }
}
