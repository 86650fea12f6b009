using Kagome.Models;
using Kagome.Prototypes;
using Kagome.Training.Ranking;

namespace Kagome.Training.Tests.Ranking;

/// <summary>The trainer of the ranker, on a small library with a rule in it.</summary>
public sealed class RankerTrainerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Train_on_crystals_that_follow_a_rule_learns_it()
    {
        RankerTrainingResult result = Train(Options("ranker.safetensors") with { Epochs = 6 });
        Assert.Equal(6, result.Epochs.Count);
        Assert.True(result.Learned > 150 && result.HeldOut > 0);
        Assert.True(
            result.Epochs[^1].HeldOutLoss < 0.9 * result.Epochs[0].HeldOutLoss,
            $"The loss went from {result.Epochs[0].HeldOutLoss} to {result.Epochs[^1].HeldOutLoss}."
        );
        Assert.True(result.Epochs[^1].Loss < result.Epochs[0].Loss);
        Assert.True(result.Epochs[^1].AmongFive >= result.Epochs[^1].First);
        StructureTypeRanker ranker = StructureTypeRanker.Load(result.Path);
        Assert.Equal(("rule", "anybody's"), (ranker.Metadata["library"], ranker.Metadata["licence"]));
        Assert.Equal($"{result.Learned}", ranker.Metadata["crystals"]);
        Assert.Null(result.Cells); // all have one unit in their cell
        Assert.False(ranker.ChoosesCells);
        Assert.False(File.Exists(Options("ranker.safetensors").TypesPath));
    }

    /// <summary>With light anions crystals have one formula unit in their cell, with heavy ones two; each is known in the other cell as well, far above the hull.</summary>
    [Fact]
    public void Train_on_cells_that_follow_a_rule_learns_them_and_anew_for_a_ranker_that_there_is()
    {
        using PrototypeLibrary library = RankerLibrary.WithCells();
        library.Write(folder["cells.prototypes"]);
        RankerTrainingOptions options = Options("ranker.safetensors") with { Library = folder["cells.prototypes"] };
        RankerTrainingResult result = Train(options);
        CellScore score = Assert.IsType<CellScore>(result.Cells);
        Assert.True(score.Learned > 30 && score.HeldOut > 0);
        Assert.Equal(1, score.First);
        StructureTypeRanker ranker = StructureTypeRanker.Load(result.Path);
        Assert.True(ranker.ChoosesCells);
        Assert.Equal($"{score.Learned}", ranker.Metadata["formulas"]);

        RankerTrainingResult again = Train(
            options with
            {
                CellsOf = result.Path,
                Output = folder["again.safetensors"],
            }
        );
        Assert.Empty(again.Epochs);
        Assert.Equal(score, again.Cells);
        Assert.Equal(ranker.Checksum, StructureTypeRanker.Load(again.Path).Checksum);
    }

    [Fact]
    public void Train_cells_from_too_few_formulas_says_how_many_there_are()
    {
        RankerTrainingResult whole = Train(Options("whole.safetensors"));
        RankerTrainingOptions options = Options("ranker.safetensors") with { CellsOf = whole.Path };
        Assert.Contains(
            "has 0 formulas whose cell could be another; expected at least 150",
            Assert.Throws<InputException>(() => Train(options)).Message,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(options.Output));
        Assert.True(File.Exists(whole.Path));
    }

    [Fact]
    public void Train_cells_of_a_ranker_that_there_is_not_is_refused()
    {
        RankerTrainingOptions options = Options("ranker.safetensors") with { CellsOf = folder["none.safetensors"] };
        Assert.Equal("CellsOf", Assert.Throws<OptionException>(() => Train(options)).Option);
    }

    [Fact]
    public void Train_same_seed_gives_the_same_file_and_another_seed_another()
    {
        Train(Options("first.safetensors"));
        Train(Options("second.safetensors"));
        RankerTrainingOptions other = Options("third.safetensors") with { Seed = 2 };
        Train(other);
        string expected = StructureTypeRanker.Load(folder["first.safetensors"]).Checksum;
        Assert.Equal(expected, StructureTypeRanker.Load(folder["second.safetensors"]).Checksum);
        Assert.NotEqual(expected, StructureTypeRanker.Load(folder["third.safetensors"]).Checksum);
    }

    [Fact]
    public void Train_on_too_few_crystals_says_how_many_there_are()
    {
        using PrototypeLibrary few = RankerLibrary.Build(20);
        few.Write(folder["few.prototypes"]);
        InputException exception = Assert.Throws<InputException>(() =>
            Train(Options("ranker.safetensors") with { Library = folder["few.prototypes"] })
        );
        Assert.Contains("20 crystals", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["ranker.safetensors"]));
    }

    [Fact]
    public void Train_on_a_library_that_is_damaged_inside_says_so()
    {
        RankerTrainingOptions options = Options("ranker.safetensors");
        byte[] bytes = File.ReadAllBytes(options.Library);
        bytes[^40] ^= 1;
        File.WriteAllBytes(options.Library, bytes);
        Assert.Throws<PrototypeLibraryException>(() => Train(options));
    }

    [Fact]
    public void Train_cancelled_writes_nothing()
    {
        using CancellationTokenSource stop = new();
        RankerTrainingOptions options = Options("ranker.safetensors");
        Testing.Reports stopping = new(progress =>
        {
            if (progress.Unit == "steps")
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => RankerTrainer.Train(options, stopping, stop.Token));
        Assert.False(File.Exists(options.Output));
    }

    /// <summary>Stopped in its second epoch and again in its third.</summary>
    [Fact]
    public void Train_stopped_twice_and_resumed_gives_the_ranker_of_an_undisturbed_training()
    {
        RankerTrainingResult whole = Train(Options("whole.safetensors") with { Epochs = 4 });
        RankerTrainingOptions options = Options("stopped.safetensors") with { Epochs = 4, Resume = true };
        Stop(options, share: 0.3);
        Assert.True(File.Exists(options.StatePath));
        Stop(options, share: 0.6);
        RankerTrainingResult resumed = Train(options);
        Assert.Equal(whole.Epochs, resumed.Epochs);
        Assert.Equal(Weights(whole), Weights(resumed));
        Assert.False(File.Exists(options.StatePath));
        Assert.False(File.Exists(Options("whole.safetensors").StatePath));
    }

    [Fact]
    public void Train_where_a_stopped_training_lies_goes_on_with_it_or_is_refused()
    {
        RankerTrainingOptions options = Options("stopped.safetensors") with { Epochs = 4 };
        Stop(options, share: 0.3);
        byte[] state = File.ReadAllBytes(options.StatePath);
        InputException refused = Assert.Throws<InputException>(() => Train(options));
        Assert.Equal(["Resume"], refused.Options);
        TrainingStateException other = Assert.Throws<TrainingStateException>(() =>
            Train(options with { Seed = 2, Resume = true })
        );
        Assert.Contains("with seed 1, ", other.Message, StringComparison.Ordinal);
        Assert.Contains("expected a training of 4 epochs with seed 2, ", other.Message, StringComparison.Ordinal);
        Assert.Equal(state, File.ReadAllBytes(options.StatePath));
        using (SafetensorsFile file = SafetensorsFile.Read(options.StatePath))
        {
            SafetensorsFile.Write(
                options.StatePath,
                file.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.flatten().narrow(0, 0, 1)),
                file.Metadata
            );
        }

        TrainingStateException misfit = Assert.Throws<TrainingStateException>(() =>
            Train(options with { Resume = true })
        );
        Assert.Contains("of shape [1]; expected shape", misfit.Message, StringComparison.Ordinal);
        File.WriteAllBytes(options.StatePath, state[..^9]);
        Assert.Throws<TrainingStateException>(() => Train(options with { Resume = true }));
        Assert.False(File.Exists(options.Output));
    }

    [Fact]
    public void Validate_options_out_of_range_are_refused()
    {
        RankerTrainingOptions good = new() { Library = "library", Output = "out" };
        good.Validate();
        Assert.All(
            [
                good with
                {
                    Epochs = 0,
                },
                good with
                {
                    LearningRate = 0,
                },
                good with
                {
                    LearningRate = double.NaN,
                },
                good with
                {
                    Dropout = 1,
                },
                good with
                {
                    Dropout = -0.1,
                },
                good with
                {
                    Dropout = double.NaN,
                },
                good with
                {
                    Library = "",
                },
                good with
                {
                    Output = "",
                },
            ],
            options => Assert.Throws<OptionException>(options.Validate)
        );
    }

    public void Dispose() => folder.Dispose();

    private static RankerTrainingResult Train(RankerTrainingOptions options) =>
        RankerTrainer.Train(options, null, TestContext.Current.CancellationToken);

    /// <summary>Trains until a share of the steps is done.</summary>
    private static void Stop(RankerTrainingOptions options, double share)
    {
        using CancellationTokenSource stop = new();
        Testing.Reports stopping = new(progress =>
        {
            if (progress.Unit == "steps" && progress.Done >= share * progress.Total)
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => RankerTrainer.Train(options, stopping, stop.Token));
    }

    private static byte[] Weights(RankerTrainingResult result) => File.ReadAllBytes(result.Path);

    private RankerTrainingOptions Options(string output)
    {
        string library = folder["rule.prototypes"];
        RankerLibrary.Whole.Write(library);
        return new RankerTrainingOptions
        {
            Library = library,
            Output = folder[output],
            Epochs = 1,
            LearningRate = 0.03, // some steps are all that there are
        };
    }
}
