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
                Calibration = new SpreadCalibration(5, 0.4, 1.5, 0.6, 0.3),
            },
        };
}
