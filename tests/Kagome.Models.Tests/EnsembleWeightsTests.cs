using Kagome.Networks;
using static TorchSharp.torch;

namespace Kagome.Models.Tests;

/// <summary>Several networks in one file.</summary>
public sealed class EnsembleWeightsTests : IDisposable
{
    private const string Changed = "energy_head.output.bias";

    private readonly TemporaryFolder folder = new();
    private readonly Checkpoint first = TestCheckpoints.Make();
    private readonly Checkpoint second = TestCheckpoints.Make();

    public EnsembleWeightsTests() => second.Weights[Changed].add_(1);

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Join_keeps_equal_weights_once_and_each_fold_gets_its_own_back()
    {
        Dictionary<string, Tensor> joined = EnsembleWeights.Join([first.Weights, second.Weights]);
        Assert.Equal(first.Weights.Count + 1, joined.Count);
        Assert.DoesNotContain(Changed, joined.Keys);
        Dictionary<string, Tensor> back = EnsembleWeights.Of(1, joined);
        Assert.Equal(second.Weights.Keys.Order(), back.Keys.Order());
        Assert.All(
            second.Weights,
            pair => Assert.Equal(pair.Value.data<float>().ToArray(), back[pair.Key].data<float>().ToArray())
        );
        foreach (Tensor tensor in joined.Values)
        {
            tensor.Dispose();
        }
    }

    [Fact]
    public void Load_of_a_saved_ensemble_gives_all_of_it_and_a_network_for_each_fold()
    {
        using Checkpoint ensemble = Ensemble();
        CheckpointFile.Save(folder["a"], ensemble);
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Equivalent(ensemble.Ensemble, loaded.Ensemble, strict: true);
        using Crysformer network = loaded.CreateNetwork(1);
        Assert.Equal(
            second.Weights[Changed].data<float>().ToArray(),
            network.state_dict()[Changed].data<float>().ToArray()
        );
        Assert.Throws<InvalidOperationException>(loaded.CreateNetwork);
    }

    [Fact]
    public void Save_of_an_ensemble_with_a_fold_too_many_in_its_description_is_refused()
    {
        using Checkpoint ensemble = Ensemble();
        PropertyEnsemble three = ensemble.Ensemble! with
        {
            Scalers = [.. ensemble.Ensemble.Scalers, ensemble.Ensemble.Scalers[0]],
        };
        ArgumentException refused = Assert.Throws<ArgumentException>(() =>
            CheckpointFile.Save(folder["a"], new Checkpoint(ensemble) { Ensemble = three })
        );
        Assert.Contains($"folds.2.{Changed}", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["a"]));
    }

    /// <summary>A walk through a damaged tree must end, and within it.</summary>
    [Theory]
    [InlineData("forest.composition.1.others", 0, 0, "node 0 of 3 has feature 1")] // leads back
    [InlineData("forest.composition.1.others", 0, 3, "leads to 3")]
    [InlineData("forest.composition.0.features", 1, -2, "node 1 of 3 has feature -2")]
    [InlineData("forest.composition.0.roots", 1, 9, "begins at node 9")]
    [InlineData("forest.composition.0.roots", 1, -1, "begins at node -1")]
    public void Load_of_an_ensemble_with_a_damaged_tree_is_refused(string name, int at, int value, string said)
    {
        string path = Rewrite(tensors =>
        {
            Tensor numbers = tensors[name].clone();
            numbers[at] = value;
            tensors[name] = numbers;
        });
        CheckpointException refused = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(path));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_an_ensemble_with_a_value_that_is_no_number_or_a_part_of_another_kind_is_refused()
    {
        const string Values = "forest.occurrence.0.values";
        Assert.Contains(
            "finite value",
            Refused(tensors => tensors[Values] = tensors[Values] / 0),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "expected Float32 in one row",
            Refused(tensors => tensors[Values] = tensors[Values].to(ScalarType.Float64)),
            StringComparison.Ordinal
        );
        Assert.Contains($"'{Values}' is missing", Refused(tensors => tensors.Remove(Values)), StringComparison.Ordinal);
        Assert.Contains(
            "'forest.composition.7.roots' is of no forest",
            Refused(tensors => tensors["forest.composition.7.roots"] = zeros(1, ScalarType.Int32)),
            StringComparison.Ordinal
        );
        string Refused(Action<Dictionary<string, Tensor>> change) =>
            Assert.Throws<CheckpointException>(() => CheckpointFile.Load(Rewrite(change))).Message;
    }

    [Fact]
    public void Load_of_an_ensemble_of_an_older_version_says_that_it_is_to_be_trained_again()
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using Checkpoint ensemble = Ensemble();
        CheckpointFile.Save(folder["a"], ensemble);
        using SafetensorsFile file = SafetensorsFile.Read(folder["a"]);
        Dictionary<string, string> metadata = file.Metadata.Where(pair => pair.Key != "seal").ToDictionary();
        metadata["version"] = "1";
        SafetensorsFile.Write(folder["b"], new Dictionary<string, Tensor>(file.Tensors), metadata);
        CheckpointException refused = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["b"]));
        Assert.Contains(
            "file version 1, and this one reads 3. Train it again",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Save_of_an_ensemble_with_forests_for_some_of_the_folds_is_refused()
    {
        using Checkpoint ensemble = Ensemble();
        PropertyEnsemble one = ensemble.Ensemble! with { CompositionForests = [Stump(1)] };
        PropertyEnsemble none = ensemble.Ensemble! with { OccurrenceForests = null };
        foreach (PropertyEnsemble wrong in new[] { one, none })
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() =>
                CheckpointFile.Save(folder["a"], new Checkpoint(ensemble) { Ensemble = wrong })
            );
            Assert.Contains("a forest for each of its 2 folds", refused.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The file of the ensemble with other tensors, sealed as it should be.</summary>
    private string Rewrite(Action<Dictionary<string, Tensor>> change)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using Checkpoint ensemble = Ensemble();
        CheckpointFile.Save(folder["a"], ensemble);
        using SafetensorsFile file = SafetensorsFile.Read(folder["a"]);
        Dictionary<string, Tensor> tensors = new(file.Tensors);
        change(tensors);
        SafetensorsFile.Write(folder["b"], tensors, file.Metadata.Where(pair => pair.Key != "seal").ToDictionary());
        return folder["b"];
    }

    /// <summary>One question and two answers, and a tree that always says 3.</summary>
    private static RegressionForest Stump(float answer) =>
        RegressionForest.Of([0, 1], [1, RegressionForest.Leaf, RegressionForest.Leaf], [0.5f, 3, answer], [2, 0, 0]);

    private Checkpoint Ensemble() =>
        new()
        {
            Network = first.Network,
            Process = first.Process,
            Schedules = first.Schedules,
            Provenance = first.Provenance,
            Weights = EnsembleWeights.Join([first.Weights, second.Weights]),
            Ensemble = new PropertyEnsemble
            {
                Label = "tc",
                Unit = "K",
                Transform = LabelTransform.Log,
                Scalers = [first.LabelScaler!, second.LabelScaler! with { Mean = 0.5 }],
                CrossValidation = new CrossValidationScores(10, 0.7, 3, 0.9, 0.8),
                Calibration = new SpreadCalibration(5, 0.4, 1.5, 1.6, 0.8, 0.6, 0.3),
                CompositionForests = [Stump(1), Stump(2)],
                Occurrence = new OccurrenceScores(10, 0.5, 0.6, 0.7),
                OccurrenceForests = [Stump(0), Stump(1)],
            },
        };
}
